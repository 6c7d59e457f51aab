import assert from 'node:assert/strict';
import { prepareModuleReader, readModuleFacts } from '../../../../src/core/facts/moduleFacts.ts';

/** Writes facts in one line: `a` a value, `type a` a type, `a<x:b` from elsewhere, `a=b` the same binding, `*x` a star. */
async function summaryOf(text: string, path: string): Promise<string> {
  const { facts, problems } = await readModuleFacts(text, path);
  assert.deepEqual(problems, [], text);
  const names = facts.exports.map(({ name, isTypeOnly, from, sameAs }) => {
    const origin = from === undefined ? '' : `<${from.specifier}:${from.name}`;
    const other = sameAs === undefined ? '' : `=${sameAs}`;
    return `${isTypeOnly ? 'type ' : ''}${name}${origin}${other}`;
  });
  const stars = facts.stars.map((star) => `${star.isTypeOnly ? 'type ' : ''}*${star.specifier}`);
  return [...names, ...stars].join(', ');
}

/** Each case is read by the lexer's way (as .ts) and by the full parser's (a namespace forces it). */
async function check(text: string, expected: string): Promise<void> {
  assert.equal(await summaryOf(text, 'a.ts'), expected, text);
  const forced = `${text}\nnamespace Forced { export const on = 1 }\nexport { Forced };\ndeclare const forcedToo: 1;`;
  assert.equal(
    await summaryOf(forced, 'a.ts'),
    expected === '' ? 'Forced' : addForced(expected),
    `parsed: ${text}`,
  );
}

function addForced(expected: string): string {
  const parts = expected.split(', ');
  const firstStar = parts.findIndex((part) => /^(?:type )?\*/.test(part));
  parts.splice(firstStar === -1 ? parts.length : firstStar, 0, 'Forced');
  return parts.join(', ');
}

describe('the exports of a module', () => {
  before(() => prepareModuleReader());

  it('are the values that it declares', async () => {
    await check('export const a = 1, b = 2; export let c; export var d;', 'a, b, c, d');
    await check('export function f() {} export async function* g() {} export class C {}', 'f, g, C');
    await check('export abstract class A {} export enum E { a } export const enum F { a }', 'A, E, F');
    await check(
      'export const { a, b: { c, ...d }, e = 1 } = x, [f, , g = 2, ...h] = y;',
      'a, c, d, e, f, g, h',
    );
    await check('@dec() export class A { @prop() b = 1; constructor(@inject() c) {} }', 'A');
    await check('export @dec class A {}', 'A');
    await check('export const größe = 1, $ = 2, _ = 3;', 'größe, $, _');
  });
  it('are types where nothing exists at run time', async () => {
    await check('export type A = 1; export interface B {}', 'type A, type B');
    await check('export declare const a: 1; export declare function b(): void;', 'type a, type b');
    await check('interface A {} type B = 1; class C {} export { A, B, C };', 'type A, type B, C');
    await check('class A {} export { type A }; export type { A as B };', 'type A, type B=A');
    await check('export default interface A {}', 'type default');
    await check('interface A {} export default A;', 'type default');
    await check(
      'export namespace N { export type T = 1 } export namespace M { export const a = 1 }',
      'type N, M',
    );
    await check('namespace N { interface A {} namespace I { type T = 1 } } export { N };', 'type N');
  });
  it('have each name once, a value where it is both', async () => {
    await check('export function f(a: 1): void; export function f(a: 2): void; export function f(a) {}', 'f');
    await check('export interface A {} export const A = 1;', 'A');
    await check('export type A = 1; const A = 1; export { A };', 'A');
  });
  it('tell where a passed on binding comes from', async () => {
    await check(
      "export { a, b as c, default as d, default } from './x';",
      'a<./x:a, c<./x:b, d<./x:default, default<./x:default',
    );
    await check("export { type a } from './x'; export type { b } from './y';", 'type a<./x:a, type b<./y:b');
    await check("import { a, b as c } from './x'; export { a, c as d };", 'a<./x:a, d<./x:b');
    await check(
      "import type { A } from './x'; import { type B } from './y'; export { A, B };",
      'type A<./x:A, type B<./y:B',
    );
    await check("import a, * as b from './x'; export { a, b };", 'a<./x:default, b<./x:*');
    await check("import größe = require('./x'); export { größe };", 'größe');
    await check("export * as ns from './x'; export type * as tns from './y';", 'ns<./x:*, type tns<./y:*');
    await check("export * from './x'; export type * from 'pkg'; export const a = 1;", 'a, *./x, type *pkg');
    await check("export type * from './x'; export * from './x';", '*./x');
  });
  it('know all forms of the default export', async () => {
    for (const text of [
      'class {}',
      'class A {}',
      'function () {}',
      'abstract class A {}',
      'async () => 1',
      '[1]',
      '{}',
      'a.b',
    ]) {
      await check(`export default ${text};`, 'default');
    }
    await check('const a = 1; export { a as default };', 'default');
    await check('export const a = 1; export default a;', 'a, default=a');
    await check('export class A {} export { A as default };', 'A, default=A');
    await check('export default function f() {} export { f };', 'default=f, f');
  });
  it('tell the name that a default export has inside its module', async () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['export default class Sail {}', 'Sail'],
      ['export default async function* hoist() {}', 'hoist'],
      ['const mast = 1; export default mast;', 'mast'],
      ['const mast = 1; export { mast as default };', 'mast'],
      ['export default interface Crew {}', 'Crew'],
      ['export default class extends Base {}', undefined],
      ['export default class {}', undefined],
      ['export default hoist(1);', undefined],
    ];
    for (const [text, name] of cases) {
      for (const source of [
        text,
        `${text}\nnamespace N { export const a = 1 }\nexport { N };\ndeclare const b: 1;`,
      ]) {
        const { facts } = await readModuleFacts(source, 'a.ts');
        const found = facts.exports.find((exported) => exported.name === 'default');
        assert.equal(found?.declaredName, name, source);
      }
    }
  });
  it('are not what only looks like them', async () => {
    await check('// export const a = 1\n/* export const b = 1 */ export const c = 1;', 'c');
    await check(
      `const a = 'export const b = 1', c = \`export const d = \${'export const e'}\`; export { a };`,
      'a',
    );
    await check('export const a = /export const b = 1/, b = 4 / 2 / 1;', 'a, b');
    await check('declare global { interface Window { export: 1 } } export {};', '');
    await check('declare module "x" { export const a: 1 } export const b = 1;', 'b');
    await check(
      'export const f = <T,>(x: T): x is T => x; export const g = <T extends { a: 1 }>(x: T) => x < 1;',
      'f, g',
    );
    await check('import "./sideEffect"; console.log(1);', '');
  });
  it('may have names that are no identifiers', async () => {
    await check("const a = 1; export { a as 'a-b', a as class };", 'a-b, class');
  });
  it('are read from TSX, JSX and JavaScript with JSX', async () => {
    const jsx = "export const A = () => <p>don't export const b = 1; `</p>;\nexport const C = <A />;";
    for (const path of ['a.tsx', 'a.jsx', 'a.js', 'a.mjs']) assert.equal(await summaryOf(jsx, path), 'A, C');
    assert.equal(
      await summaryOf('export const f = <T,>(x: T) => <b>{x}</b>; export type P = 1;', 'a.tsx'),
      'f, type P',
    );
  });
  it('are read behind a byte order mark and a hashbang', async () => {
    assert.equal(await summaryOf('\uFEFFexport const a = 1;', 'a.ts'), 'a');
    await check('#!/usr/bin/env node\nexport const a = 1;', 'a');
  });
  it('of a declaration file are values although they say declare', async () => {
    const text = 'export declare const a: 1; declare function b(): void; export { b }; export interface C {}';
    assert.equal(await summaryOf(text, 'a.d.ts'), 'a, b, type C');
    assert.equal(await summaryOf('export as namespace Lib; export const a: 1;', 'a.d.ts'), 'a');
  });
});

describe('a module that can not be listed', () => {
  async function checkProblem(text: string, path: string, expected: object): Promise<void> {
    const { facts, problems } = await readModuleFacts(text, path);
    assert.deepEqual(facts, { kind: 'module', exports: [], stars: [] });
    const [problem] = problems;
    assert.equal(problems.length, 1);
    assert.deepEqual({ ...problem, ...expected }, problem);
    assert.equal(problem?.relativePath, path);
  }

  it('is an error with its place when it does not parse', async () => {
    await checkProblem('export const a = 1;\nexport class {', 'a.ts', {
      code: 'module-unparsable',
      severity: 'error',
      line: 2,
    });
    await checkProblem('const a = <p>;\n', 'x/a.tsx', { code: 'module-unparsable', severity: 'error' });
    await checkProblem('<<<<<<< HEAD\nexport const a = 1;\n', 'a.ts', {
      code: 'module-unparsable',
      line: 1,
      column: 1,
    });
  });
  it('is told when it is no ES module', async () => {
    await checkProblem('const a = 1;\nexport = a;', 'a.cts', {
      code: 'module-not-es',
      severity: 'information',
    });
    await checkProblem('module.exports = { a: 1 };', 'a.cjs', {
      code: 'module-not-es',
      severity: 'information',
    });
    await checkProblem('exports.a = 1;', 'a.js', { code: 'module-not-es', severity: 'information' });
  });
});

describe('a file that is a module only by a bundler', () => {
  it('has a default export and nothing else', async () => {
    assert.equal(await summaryOf('<script setup>export const a = 1;</script>', 'Sail.vue'), 'default');
    assert.equal(
      await summaryOf('<script context="module">export const a = 1;</script>', 'a.svelte'),
      'default',
    );
    assert.equal(await summaryOf('\uFEFF{ "a": 1 }', 'a.json'), 'default');
  });
  it('is an error when it is JSON that does not parse', async () => {
    const { facts, problems } = await readModuleFacts('{ "a": 1, }', 'a.json');
    assert.deepEqual(facts.exports, []);
    assert.deepEqual(
      problems.map(({ code, severity }) => `${severity} ${code}`),
      ['error module-unparsable'],
    );
  });
});

describe('the comment that asks not to be listed', () => {
  const isIgnored = async (text: string, path = 'a.ts') =>
    (await readModuleFacts(text, path)).facts.isIgnored === true;

  it('counts in every kind of comment before the first statement', async () => {
    for (const text of [
      '// atomic-index-ignore-file\nexport const a = 1;',
      '#!/usr/bin/env node\n\n// Licence\n/* atomic-index-ignore-file: only for tests */\nexport const a = 1;',
      '/**\n * Internal.\n * atomic-index-ignore-file\n */\nexport const a = 1;',
      '\uFEFF// atomic-index-ignore-file\r\nexport const a = 1;',
    ]) {
      assert.equal(await isIgnored(text), true, text);
    }
    assert.equal(await isIgnored('<!-- atomic-index-ignore-file -->\n<script></script>', 'a.vue'), true);
  });
  it('does not count anywhere else', async () => {
    for (const text of [
      "export const mark = '// atomic-index-ignore-file';",
      'export const a = 1; // atomic-index-ignore-file',
      '// atomic-index-ignore-files\nexport const a = 1;',
      '// not-atomic-index-ignore-file\nexport const a = 1;',
    ]) {
      assert.equal(await isIgnored(text), false, text);
    }
  });
  it('leaves what the file exports to those who pass it on, and hides what is wrong in it', async () => {
    const { facts } = await readModuleFacts('// atomic-index-ignore-file\nexport const a = 1;', 'a.ts');
    assert.deepEqual(facts.exports, [{ name: 'a', isTypeOnly: false }]);
    const broken = await readModuleFacts('// atomic-index-ignore-file\nexport const = ;', 'a.ts');
    assert.deepEqual(broken, {
      facts: { kind: 'module', exports: [], stars: [], isIgnored: true },
      problems: [],
    });
  });
});
