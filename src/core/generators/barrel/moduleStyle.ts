import type { Listing, Problem, Target } from '../../types.ts';
import { resolvePath } from '../relativePath.ts';
import { foldersUp, readCompilerSettings, type SettingsReading } from './compilerSettings.ts';
import type { CompilerSettings, ConfigText } from './configText.ts';
import type { ModuleSuffix } from './moduleSpecifier.ts';
import type { BarrelOptions } from './options.ts';
import { unreadSettings } from './problems.ts';

/** How the barrel writes its imports. */
export type ModuleStyle = {
  readonly suffix: ModuleSuffix;
  /** True where JSON has to be imported `with { type: 'json' }`. */
  readonly jsonAttributes: boolean;
  readonly problems: readonly Problem[];
};

/** Names the settings that `moduleStyle` needs and that nobody looked for yet. */
export function wantedSettings(target: Target, known: ReadonlyMap<string, string | null>): readonly string[] {
  if (!needsSettings(target.options['moduleSuffix'], target.include)) return [];
  const text: ConfigText = (relativePath) => known.get(relativePath);
  const { wanted, settings } = readCompilerSettings(target.output, text);
  if (wanted.length > 0) return wanted;
  return mayHaveJson(target.include) && isNodeModule(settings) ? findPackage(target.output, text).wanted : [];
}

/**
 * Tells whether a changed file may be one of those settings. The names of files that settings extend are known only to
 * those who read them, so that a likely name is enough.
 */
export function maySettle({ options, include }: Target, relativePath: string): boolean {
  if (relativePath.startsWith('node_modules/') || !needsSettings(options['moduleSuffix'], include))
    return false;
  if (/(?:^|\/)package\.json$/.test(relativePath)) return mayHaveJson(include);
  return /(?:^|\/)[^/]*(?:tsconfig|jsconfig)[^/]*\.json$/i.test(relativePath);
}

/** Decides how modules are named where the output stands, by the option or by what the compiler is told. */
export function moduleStyle(listing: Listing, option: BarrelOptions['moduleSuffix']): ModuleStyle {
  const output = resolvePath(`${listing.folder}/`, listing.outputFromFolder);
  const text: ConfigText = (relativePath) => listing.inputs?.get(relativePath) ?? null;
  const reading = readCompilerSettings(output, text);
  const suffix = option === 'auto' ? suffixFor(reading.settings, output) : option;
  return {
    suffix,
    jsonAttributes: suffix !== 'none' && takesAttributes(reading.settings, output, text),
    problems: option === 'auto' ? problemsOf(reading, listing) : [],
  };
}

function needsSettings(option: unknown, include: readonly string[]): boolean {
  return option === undefined || option === 'auto' || mayHaveJson(include);
}

function mayHaveJson(include: readonly string[]): boolean {
  return include.some((glob) => /json/i.test(glob));
}

/**
 * Node's own resolution wants extensions in ES modules and takes them in CommonJS; all others add them. As TypeScript
 * itself does when it adds an import, `.ts` is written only where an extension is needed and `.ts` is allowed, or
 * where the settings say that it becomes `.js`.
 * https://www.typescriptlang.org/docs/handbook/modules/reference.html#the-moduleresolution-compiler-option
 */
function suffixFor(settings: CompilerSettings | null, output: string): ModuleSuffix {
  if (settings === null) return isScript(output) ? '.js' : 'none';
  if (settings.rewriteRelativeImportExtensions === true) return 'source';
  if (!isNodeModule(settings)) return 'none';
  return settings.allowImportingTsExtensions === true ? 'source' : '.js';
}

/** Without `moduleResolution`, `module` decides. */
function isNodeModule(settings: CompilerSettings | null): boolean {
  return /^node(?:16|18|20|next)$/.test(settings?.moduleResolution ?? settings?.module ?? '');
}

/** Where `import` becomes `require`, attributes are an error (TS2856), and so they are below `esnext` (TS2823). */
function takesAttributes(settings: CompilerSettings | null, output: string, text: ConfigText): boolean {
  const { module } = settings ?? {};
  if (module !== undefined && !/^(?:esnext|preserve|node(?:18|20|next))$/.test(module)) return false;
  if (!isNodeModule(settings) || /\.m[jt]s$/i.test(output)) return true;
  return !/\.c[jt]s$/i.test(output) && /"type"\s*:\s*"module"/.test(findPackage(output, text).text ?? '');
}

function findPackage(
  output: string,
  text: ConfigText,
): { readonly text: string | null; readonly wanted: string[] } {
  for (const folder of foldersUp(output)) {
    const found = text(`${folder}package.json`);
    if (found === undefined) return { text: null, wanted: [`${folder}package.json`] };
    if (found !== null) return { text: found, wanted: [] };
  }
  return { text: null, wanted: [] };
}

function isScript(output: string): boolean {
  return /\.[cm]?jsx?$/i.test(output);
}

function problemsOf({ missing, relativePath }: SettingsReading, listing: Listing): Problem[] {
  return missing.length === 0 || relativePath === null
    ? []
    : [unreadSettings(fromFolder(relativePath, listing), [...new Set(missing)])];
}

/** A path relative to the root as seen from the listing's folder, which is how generators report. */
function fromFolder(relativePath: string, { folder }: Listing): string {
  return (
    folder
      .split('/')
      .filter(Boolean)
      .map(() => '../')
      .join('') + relativePath
  );
}
