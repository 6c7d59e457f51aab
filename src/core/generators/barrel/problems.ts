import type { Problem } from '../../types.ts';
import type { Module } from './moduleSet.ts';

type Exporter = { readonly module: Module; readonly exportedName: string };

/** Reports that several modules want one name, at the first that does not get it. */
export function collision(name: string, winner: Exporter, losers: readonly Exporter[]): Problem {
  const files = [...new Set(losers.map((loser) => loser.module.relativePath))];
  const shown = files.length > 3 ? [...files.slice(0, 3), `${files.length - 3} more`] : files;
  return {
    severity: 'warning',
    code: 'export-collision',
    message: `"${name}" is exported by ${winner.module.relativePath} and, with another meaning, by ${shown.join(', ')}. The index takes the first. Rename one of them, or exclude one of the files.`,
    relativePath: files[0] ?? winner.module.relativePath,
  };
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
