import assert from 'node:assert/strict';
import { barrel } from '../../../../../src/core/generators/barrel/barrel.ts';
import { listModules } from '../listings.ts';

/** Problems are written as `code path`; the output is index.ts. */
async function check(
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
  problems: readonly string[] = [],
) {
  const rendered = barrel.render(await listModules(files), {});
  assert.deepEqual(rendered.body.split('\n').slice(0, -1), lines);
  assert.deepEqual(
    rendered.problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
    problems,
  );
  return rendered.problems;
}

describe('bindings that several modules export', () => {
  it('come once, from the module that declares them', async () => {
    await check({ 'a.ts': "export { x, x as y } from './z';", 'z.ts': 'export const x = 1;' }, [
      "export { y } from './a';",
      "export { x } from './z';",
    ]);
    await check({ 'a.ts': "import { x } from './z.js';\nexport { x };", 'z.ts': 'export const x = 1;' }, [
      "export { x } from './z';",
    ]);
    await check(
      { 'a/index.ts': "export * from './b';\nexport const i = 1;", 'a/b.ts': 'export const b = 1;' },
      ["export { b } from './a/b';", "export { i } from './a/index';"],
    );
    await check(
      {
        'a.ts': "export * from './b';",
        'b/index.ts': "export * from '../c.ts';",
        'c.ts': 'export const c = 1;',
      },
      ["export { c } from './c';"],
    );
  });
  it('are values where one way is a value, types where all are types', async () => {
    await check({ 'a.ts': "export type { C } from './c';", 'c.ts': 'export class C {}' }, [
      "export { C } from './c';",
    ]);
    await check(
      {
        'a.ts': "export type * from 'pkg';\nexport type { C } from 'pkg';",
        'b.ts': "export { C } from 'pkg';",
      },
      ["export type * from './a';", "export { C } from './b';"],
      ['export-star-unresolved a.ts'],
    );
    await check({ 'a.ts': "export { T } from './t';", 't.ts': 'type T = 1;\nexport { T as default, T };' }, [
      "export type { T } from './t';",
    ]);
  });
  it('with different meanings are reported once a name, and the first stays', async () => {
    const [problem] = await check(
      {
        'a.ts': 'export const x = 1;',
        'b.ts': 'export type x = 1; export const y = 1;',
        'c.ts': 'export const x = 3;',
      },
      ["export { x } from './a';", "export { y } from './b';"],
      ['export-collision b.ts'],
    );
    assert.equal(problem?.severity, 'warning');
    assert.match(problem?.message ?? '', /"x".* a\.ts .*b\.ts, c\.ts.*Rename/);
  });
  it('win against a name that is only made up for a default', async () => {
    await check(
      { 'thing.ts': 'export default 1;', 'z.ts': 'export const thing = 1;' },
      ["export { thing } from './z';"],
      ['export-collision thing.ts'],
    );
  });
});

describe('stars', () => {
  it('never carry the default and lose against local names', async () => {
    await check(
      {
        'a.ts': "export * from './b';\nexport const x = 'a';",
        'b.ts': "export const x = 'b', y = 1;\nexport default 1;",
      },
      ["export { x } from './a';", "export { default as b, y } from './b';"],
      ['export-collision b.ts'],
    );
  });
  it('drop names that two of them bring with different meanings', async () => {
    await check(
      {
        'x/a.ts': "export * from './b';\nexport * from './c';",
        'x/b.ts': 'export const n = 1, b = 1;',
        'x/c.ts': 'export const n = 2;',
      },
      ["export { b, n } from './x/b';"],
      ['export-collision x/c.ts'],
    );
  });
  it('may form cycles', async () => {
    await check(
      {
        'a.ts': "export * from './b';\nexport const a = 1;",
        'b.ts': "export * from './c';\nexport const b = 1;",
        'c.ts': "export * from './a';\nexport * from './c';\nexport const c = 1;",
      },
      ["export { a } from './a';", "export { b } from './b';", "export { c } from './c';"],
    );
    await check({ 'a.ts': "export { x } from './b';", 'b.ts': "export { x } from './a';" }, [
      "export { x } from './a';",
    ]);
  });
  it('may hide names that modules pass on by name', async () => {
    await check(
      {
        'a.ts': "export { x } from './b';",
        'b.ts': "export { x } from './c';",
        'c.ts': "export * from './d';",
        'd.ts': "export * from 'pkg';",
      },
      ["export { x } from './a';", "export * from './d';"],
      ['export-star-unresolved d.ts'],
    );
  });
  it('end also where names go round in circles and lead nowhere', async () => {
    await check(
      {
        'a.ts': "export { y as x } from './b'; export { w as v } from './c';",
        'b.ts': "export { z as y } from './c'; export { v as u } from './a';",
        'c.ts': "export { x as z } from './a'; export { u as w } from './b';",
      },
      ["export { v, x } from './a';", "export { u, y } from './b';", "export { w, z } from './c';"],
    );
  });
  it('of modules that are not listed are passed on and told', async () => {
    await check(
      {
        'a.ts': "export * from 'pkg';\nexport * from '../other';\nexport const a = 1;",
        'b.ts': "export type * from 'pkg';",
      },
      ["export { a } from './a';", "export * from './a';", "export type * from './b';"],
      ['export-star-unresolved a.ts', 'export-star-unresolved b.ts'],
    );
  });
  it('of the barrel itself add nothing', async () => {
    await check(
      {
        'a.ts': "export * from './index';\nexport const a = 1;",
        'b.ts': "export { a } from '.';",
        'x/c.ts': "export * from '..';",
      },
      ["export { a } from './a';"],
    );
  });
  it('are followed quickly through many modules', async function () {
    this.timeout(60_000);
    const files: Record<string, string> = {};
    for (let i = 0; i < 300; i++) {
      files[`m${i}.ts`] =
        `export * from './m${(i + 1) % 300}';\nexport * from './m${(i + 7) % 300}';\nexport const v${i} = 1;`;
    }
    const listing = await listModules(files);
    const started = process.cpuUsage();
    const { body } = barrel.render(listing, {});
    const used = process.cpuUsage(started);
    assert.equal(body.match(/^export \{ v\d+ \}/gm)?.length, 300);
    assert.ok((used.user + used.system) / 1e6 < 3, `${(used.user + used.system) / 1e6} s`);
  });
});
