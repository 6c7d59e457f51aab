import { ignoreMark } from '../../facts/ignoreComment.ts';
import type { Problem } from '../../types.ts';
import type { Module } from './moduleSet.ts';
import type { BarrelOptions } from './options.ts';

type Exporter = { readonly module: Module; readonly exportedName: string };

/** Where a name that lost can be had instead. */
export type Escape = { readonly module: Module; readonly name: string };

/** Reports that several modules want one name, at the first that does not get it. */
export function collision(
  name: string,
  winner: Exporter,
  losers: readonly Exporter[],
  policy: BarrelOptions['collisions'],
  escapes: readonly Escape[],
): Problem {
  const files = [...new Set(losers.map((loser) => loser.module.relativePath))];
  const outcomes: Readonly<Record<BarrelOptions['collisions'], string>> = {
    first: 'The index takes the first.',
    error: 'The old index stays.',
    namespace: `The index takes the first, and has ${written(escapes)}.`,
    rename: `The index takes the first, and has ${written(escapes)}.`,
  };
  const severities = {
    first: 'warning',
    error: 'error',
    namespace: 'information',
    rename: 'information',
  } as const;
  return {
    severity: severities[policy],
    code: 'export-collision',
    message: `"${name}" is exported by ${winner.module.relativePath} and, with another meaning, by ${shortened(files)}. ${outcomes[policy]} Rename one of them, or exclude one of the files.`,
    relativePath: files[0] ?? winner.module.relativePath,
  };
}

function written(escapes: readonly Escape[]): string {
  return shortened(escapes.map(({ module, name }) => `that of ${module.relativePath} as ${name}`));
}

function shortened(texts: readonly string[]): string {
  return (texts.length > 3 ? [...texts.slice(0, 3), `${texts.length - 3} more`] : texts).join(', ');
}

/** Reports a default export that the index can't name; `name` is what its file would call it, or empty. */
export function unnamed(module: Module, name: string): Problem {
  const reason =
    name === ''
      ? 'no identifier can be made from the name of the file'
      : `the file also has an export named ${name}`;
  return {
    severity: 'information',
    code: 'default-export-unnamed',
    message: `The default export of ${module.relativePath} is not in the index: ${reason}. Rename the file, or give the export a name of its own.`,
    relativePath: module.relativePath,
  };
}

/** Reports stars whose names only the compiler can know. */
export function unresolvedStar(module: Module, specifiers: readonly string[]): Problem {
  const names = specifiers.map((specifier) => `'${specifier}'`).join(', ');
  return {
    severity: 'information',
    code: 'export-star-unresolved',
    message: `${module.relativePath} exports everything from ${names}, which is not among the listed files. The index passes it on with \`export *\`; write the names out in the module to have them checked for collisions.`,
    relativePath: module.relativePath,
  };
}

/** Reports a barrel that loads many modules, whatever of it is used. */
export function tooLarge(relativePath: string, count: number, limit: number): Problem {
  return {
    severity: 'warning',
    code: 'barrel-large',
    message: `Importing this index loads ${count} modules (more than ${limit}), also where one name is wanted. Make an index for each subfolder, import the modules themselves, or raise "warnAbove".`,
    relativePath,
  };
}

/** Reports what an index kept by hand lacks; `missing` names the exports with their files. */
export function incomplete(relativePath: string, missing: readonly string[]): Problem {
  return {
    severity: 'warning',
    code: 'barrel-incomplete',
    message: `This index does not export ${shortened(missing)}. Add what is missing, or begin files that are not meant with the comment "${ignoreMark}".`,
    relativePath,
  };
}

/** Reports that there is no index to compare with, or none that can be read. */
export function uncheckable(relativePath: string, reason: string): Problem {
  return {
    severity: 'warning',
    code: 'barrel-unchecked',
    message: `The index was not compared with its folder: ${reason}.`,
    relativePath,
  };
}

/** Reports compiler settings that are named and can't be read, so that their part is guessed. */
export function unreadSettings(relativePath: string, missing: readonly string[]): Problem {
  return {
    severity: 'information',
    code: 'compiler-settings-unread',
    message: `How modules are named was decided without ${shortened(missing)}: not found in this workspace folder, or not valid. Set "moduleSuffix" to decide it yourself.`,
    relativePath,
  };
}
