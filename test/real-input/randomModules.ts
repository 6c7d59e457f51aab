/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ways to declare a name `N`, all legal; `#` stands where `export` may. */
const declarations = [
  '# const N = 1;',
  '# let N: string;',
  '# var N = /export const no = 1/g;',
  "# const N = 'export { no }';",
  '# const { a: N, ...NRest } = { a: 1, b: 2 };',
  '# const [N, [NInner = 1]] = [1, [2]];',
  '# function N(): void {}',
  '# async function* N<T>(x: T): AsyncGenerator<T> {}',
  '# function N(a: 1): void;\n# function N(a: unknown): void {}',
  '# class N<T = {}> {}',
  '# abstract class N { abstract run(): void }',
  '# enum N { a = 1 << 2 }',
  '# const enum N { a }',
  '# type N = { a: 1 } | (() => void);',
  '# interface N<T> { export: T; default: 1 }',
  '# declare const N: unique symbol;',
  '# declare function N(): void;',
  '# declare class N {}',
  '# namespace N { export type T = 1 }',
  '# namespace N { export const a = 1 }',
  '# namespace N.Inner { export interface A {} }',
  '# interface N {}\n# const N = 1;',
  '# type N = 1;\n# function N() {}',
  '# interface N {}\n# namespace N { export const x = 1 }',
  '# const N = <T,>(x: T): x is T => x! < 1 as boolean;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template in the text of a module
  '# const N = `a ${`export const ${1}`} b`;',
  "import { N } from './other';",
  "import { x as N } from 'pkg';",
  "import N from './other.js';",
  "import * as N from './other';",
  "import type { N } from './other';",
  "import { type N } from './other';",
  "import type N from './other';",
  "import N = require('./other');",
];

const asides = [
  '// export const comment = 1;',
  '/* export { comment }; */',
  "import './sideEffect';",
  'declare global { interface Window { a: 1 } }',
  "declare module 'x' { export const hidden: 1 }",
  "export * from './star';",
  "export type * from 'star';",
  "export * as spaceI from './space';",
  "export type * as typeSpaceI from './space';",
  "export { far, far as nearI } from './far';",
  "export { type far as typeI, default as fromI } from './far';",
  "export type { far as onlyTypeI } from './far';",
  'export {};',
  'if (1 < 2) { const inner = 3 / 4 / 5; }',
  '@dec class DecoratedI { @prop a = 1; }',
];

/** Writes a module of a few declarations, exported at once, later, under other names, or not. */
export function randomModule(random: () => number): string {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const lines: string[] = [];
  const later: string[] = [];
  let hasDefault = false;
  let hasFar = false;
  const count = 1 + Math.floor(random() * 6);
  for (let i = 0; i < count; i++) {
    const name = `${pick(['A', 'b', '$', 'größe'])}${i}`;
    const isAtOnce = random() < 0.4;
    const declaration = pick(declarations) ?? '';
    lines.push(declaration.replaceAll('#', isAtOnce ? 'export' : '').replaceAll('N', name));
    const isExported = isAtOnce && declaration.startsWith('#');
    if (isExported || random() < 0.2) continue;
    const isType = random() < 0.15 ? 'type ' : '';
    const way = random();
    if (way < 0.15 && !hasDefault) {
      hasDefault = true;
      later.push(`export default ${name}${pick([';', '\n', ' // the end'])}`);
    } else if (way < 0.25 && !hasDefault) {
      hasDefault = true;
      later.push(`export { ${isType}${name} as default };`);
    } else if (way < 0.5) later.push(`export { ${isType}${name} as other${i} };`);
    else if (way < 0.6) later.push(`export type { ${name} };`);
    else later.push(`export { ${isType}${name} };`);
  }
  for (let i = 0; i < 2; i++) {
    const aside = pick(asides)?.replaceAll(/I\b/g, String(i)) ?? '';
    const exportsFar = aside.startsWith('export { far,');
    if (!(exportsFar && hasFar)) lines.push(aside);
    hasFar ||= exportsFar;
  }
  // Exports may come before what they name, but imports read best on top: both are legal, so any order will do.
  const all = [...lines, ...later].map((line) => ({ line, rank: random() }));
  return `${all
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => line)
    .join(pick(['\n', '\n\n', '\r\n', ' \n']) ?? '\n')}\n`;
}
