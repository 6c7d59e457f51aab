/** What the offline host understands of desktop VS Code's command line. */
export interface CommandLine {
  readonly kind: 'run';
  /** A folder or a `.code-workspace` file; an empty window without it. */
  readonly workspace?: string | undefined;
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath?: string | undefined;
  readonly userDataDir?: string | undefined;
  readonly extensionsDir?: string | undefined;
  readonly disableWorkspaceTrust: boolean;
}

/** A request that prints something or changes the installed extensions, and opens no window. */
export interface MaintenanceCommandLine {
  readonly kind: 'maintain';
  readonly printVersion: boolean;
  readonly listExtensions: boolean;
  readonly showVersions: boolean;
  readonly installExtensions: readonly string[];
  readonly userDataDir?: string | undefined;
  readonly extensionsDir?: string | undefined;
}

// Only these take a value as the next argument; every other flag stands alone or is written with an equals sign.
const valueFlags = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'user-data-dir',
  'extensions-dir',
  'install-extension',
  'locale',
  'log',
]);

/** Parses the arguments of desktop VS Code; unknown flags are ignored, as most have no meaning without a desktop. */
export function parseCommandLine(args: readonly string[]): CommandLine | MaintenanceCommandLine {
  const flags = new Map<string, string[]>();
  const positional: string[] = [];
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(argument);
    if (!match) {
      positional.push(argument);
      continue;
    }
    const name = match[1] ?? '';
    const value = match[2] ?? (valueFlags.has(name) ? rest.shift() : undefined);
    flags.set(name, [...(flags.get(name) ?? []), value ?? '']);
  }
  const last = (name: string) => flags.get(name)?.at(-1);
  const folders = { userDataDir: last('user-data-dir'), extensionsDir: last('extensions-dir') };

  const installExtensions = flags.get('install-extension') ?? [];
  const printVersion = flags.has('version') || flags.has('v');
  const listExtensions = flags.has('list-extensions');
  if (printVersion || listExtensions || installExtensions.length > 0) {
    const showVersions = flags.has('show-versions');
    return { kind: 'maintain', printVersion, listExtensions, showVersions, installExtensions, ...folders };
  }
  return {
    kind: 'run',
    workspace: positional[0],
    extensionDevelopmentPaths: flags.get('extensionDevelopmentPath') ?? [],
    extensionTestsPath: last('extensionTestsPath'),
    disableWorkspaceTrust: flags.has('disable-workspace-trust'),
    ...folders,
  };
}
