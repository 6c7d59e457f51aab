import { parseArgs } from 'node:util';
import type { HandOver } from '../core/handOver/handOver.ts';
import type { LockScope } from '../core/regenerate.ts';

const commands = ['regenerate', 'check', 'plan', 'sweep'] as const;

export const usage = `Usage: atomic-index <command> [folder | file...] [options]

Commands:
  regenerate  bring every target of the folder's atomic-index.json up to date
  check       write nothing; say what would change
  plan        list the targets with their sources
  sweep       remove the temp files that killed writers left in the folder and below

With files instead of a folder: only the targets that they are a source or the
output of, and the regions between markers in them; these need no project file.

Options:
  --overwrite OUTPUT  overwrite this output although it was edited by hand or made
                      by somebody else (may be repeated; "all" means every one;
                      "FILE#ID" means a region)
  --hand-over OUTPUT  an output in conflict is yours from now on: take it out of the
                      project file, and our header or markers out of it
  --into-region OUTPUT  the same, but for a region in it that stays up to date
  --diff              print what changes, or would, as unified diffs
  --lock-scope SCOPE  whom to lock out: "host" (this machine), "volume" (also other
                      machines and containers that share the folder), or "auto"
  --allow-plugins     load the npm packages that the project file names under
                      "plugins", and run the formatter that it names under
                      "format": they are code, and run with your rights
  --reporter REPORTER what to print: "text" (lines), "json" (one object), "sarif", or
                      "github" (annotations of a workflow); the last two go with
                      regenerate and check only
  --json              the same as --reporter json
  --verbose           also print what is unchanged, and the sources
  --version, --help

Exit codes:
  0    done; for check: nothing would change
  1    check found something that would change
  2    a conflict, a failed target, a problem in the project file, or a plugin that
       can't be loaded
  3    wrong arguments
  130  interrupted; every file is as before or complete
`;

export type Command = (typeof commands)[number];

const reporters = ['text', 'json', 'sarif', 'github'] as const;

export type Reporter = (typeof reporters)[number];

export type Arguments = {
  readonly command: Command;
  /** A folder, or files. */
  readonly paths: readonly string[];
  readonly overwrite: 'all' | readonly string[];
  /** Outputs in conflict that go over to the user before the run, and how. */
  readonly handOvers: readonly (readonly [output: string, how: HandOver])[];
  readonly lockScope: LockScope;
  readonly hasDiff: boolean;
  readonly allowsPlugins: boolean;
  readonly reporter: Reporter;
  readonly isVerbose: boolean;
};

/** The arguments are wrong; the message is ready for display. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the arguments after the program's name; gives a text when that is all there is to do. */
export function readArguments(
  args: readonly string[],
  version: string,
): Arguments | { readonly text: string } {
  const { values, positionals } = parse(args);
  if (values.help === true) return { text: usage };
  if (values.version === true) return { text: `${version}\n` };
  const [command, ...paths] = positionals;
  if (command === undefined) throw new UsageError('Say what to do: regenerate, check, plan or sweep.');
  if (!isCommand(command))
    throw new UsageError(`Unknown command "${command}". Known: ${commands.join(', ')}.`);
  const overwrite = values.overwrite ?? [];
  const handOvers = [
    ...(values['hand-over'] ?? []).map((output) => [slashed(output), 'all'] as const),
    ...(values['into-region'] ?? []).map((output) => [slashed(output), 'but-region'] as const),
  ];
  if (overwrite.length + handOvers.length > 0 && command !== 'regenerate')
    throw new UsageError('--overwrite, --hand-over and --into-region go with regenerate only.');
  if (values['allow-plugins'] === true && command === 'sweep')
    throw new UsageError('--allow-plugins goes with regenerate, check and plan only.');
  const lockScope = values['lock-scope'] ?? 'auto';
  if (!isLockScope(lockScope))
    throw new UsageError(`Unknown lock scope "${lockScope}". Known: auto, host, volume.`);
  return {
    command,
    paths: paths.length === 0 ? ['.'] : paths,
    lockScope,
    overwrite: overwrite.includes('all') ? 'all' : overwrite.map(slashed),
    handOvers,
    hasDiff: values.diff === true,
    allowsPlugins: values['allow-plugins'] === true,
    reporter: reporterOf(values, command),
    isVerbose: values.verbose === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        overwrite: { type: 'string', multiple: true },
        'lock-scope': { type: 'string' },
        'hand-over': { type: 'string', multiple: true },
        'into-region': { type: 'string', multiple: true },
        'allow-plugins': { type: 'boolean' },
        diff: { type: 'boolean' },
        reporter: { type: 'string' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean' },
        version: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function reporterOf(values: ReturnType<typeof parse>['values'], command: Command): Reporter {
  const named = values.reporter ?? (values.json === true ? 'json' : 'text');
  const reporter = reporters.find((one) => one === named);
  if (reporter === undefined)
    throw new UsageError(`Unknown reporter "${named}". Known: ${reporters.join(', ')}.`);
  if (values.json === true && reporter !== 'json')
    throw new UsageError(`--json and --reporter ${reporter} exclude each other.`);
  const isOfFindings = reporter === 'sarif' || reporter === 'github';
  if (isOfFindings && command !== 'check' && command !== 'regenerate')
    throw new UsageError(`--reporter ${reporter} goes with regenerate and check only.`);
  return reporter;
}

function slashed(output: string): string {
  return output.replaceAll('\\', '/');
}

function isCommand(word: string): word is Command {
  return commands.some((command) => command === word);
}

function isLockScope(word: string): word is LockScope {
  return word === 'auto' || word === 'host' || word === 'volume';
}
