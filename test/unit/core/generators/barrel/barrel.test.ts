import assert from 'node:assert/strict';
import { barrel } from '../../../../../src/core/generators/barrel/barrel.ts';
import { listModules } from '../listings.ts';

type Files = Readonly<Record<string, string>>;
type Options = Readonly<Record<string, unknown>> & { readonly output?: string };

/** Problems are written as `code path`. */
async function check(
  files: Files,
  lines: readonly string[],
  problems: readonly string[] = [],
  given: Options = {},
) {
  const { output, ...options } = given;
  const rendered = barrel.render(await listModules(files, output), options);
  assert.deepEqual(rendered.body.split('\n').slice(0, -1), lines);
  assert.deepEqual(
    rendered.problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
    problems,
  );
}

describe('a barrel', () => {
  it('names values and types of each module, sorted', async () => {
    await check(
      {
        'a.ts': 'export const b = 1; export type T = 1; export const a10 = 1, a9 = 1;',
        'x/c.ts': 'export class C {}',
      },
      ["export { a9, a10, b } from './a';", "export type { T } from './a';", "export { C } from './x/c';"],
    );
  });
  it('is an empty module when there is nothing to list', async () => {
    await check({}, ['export {};']);
    await check({ 'a.ts': "import './b';", 'b.ts': 'export {};' }, ['export {};']);
  });
  it('wraps long lists as code formatters do', async () => {
    const names = ['someQuiteLongName', 'someOtherQuiteLongName', 'yetAnotherQuiteLongName'];
    const long = `oneSingleNameThatIsSoLongThatItDoesNotFitIntoEightyColumnsTogetherWithTheRest`;
    await check(
      {
        'a.ts': `export const ${names.map((name) => `${name} = 1`).join(', ')};`,
        'b.ts': `export const ${long} = 1;`,
      },
      [
        'export {',
        '  someOtherQuiteLongName,',
        '  someQuiteLongName,',
        '  yetAnotherQuiteLongName,',
        "} from './a';",
        `export { ${long} } from './b';`,
      ],
    );
  });
  it('writes the suffix that is asked for', async () => {
    const files: Files = Object.fromEntries(
      ['a.ts', 'b.tsx', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'i/index.ts'].map((path, i) => [
        path,
        `export const v${i} = 1;`,
      ]),
    );
    const suffixes = async (moduleSuffix: string) => {
      const { body } = barrel.render(await listModules(files), { moduleSuffix });
      return Array.from(body.matchAll(/'\.\/(.*)'/g), (match) => match[1]).join(' ');
    };
    assert.equal(await suffixes('none'), 'a b c.mjs d.cjs e f g.mjs h.cjs i/index');
    assert.equal(await suffixes('.js'), 'a.js b.js c.mjs d.cjs e.js f.jsx g.mjs h.cjs i/index.js');
    assert.equal(await suffixes('source'), 'a.ts b.tsx c.mts d.cts e.js f.jsx g.mjs h.cjs i/index.ts');
  });
  it('imports from where the output stands', async () => {
    await check({ 'a.ts': 'export const a = 1;' }, ["export { a } from './lib/a';"], [], {
      output: '../index.ts',
    });
    await check({ 'a.ts': 'export const a = 1;' }, ["export { a } from '../../lib/a';"], [], {
      output: '../x/y/index.ts',
    });
    await check({ "it's.ts": 'export const a = 1;' }, ['export { a } from "./it\'s";']);
  });
  it('gives default exports the name of their file', async () => {
    await check(
      {
        'my-thing.ts': 'export default 1;',
        'MyClass.ts': 'export default class {}',
        'snake_case.ts': 'export default 1; export const other = 1;',
        'MAX_SIZE.ts': 'export default 1;',
        'foo.service.ts': 'export default interface A {}',
        'folder/index.ts': 'export default 1;',
      },
      [
        "export { default as MAX_SIZE } from './MAX_SIZE';",
        "export { default as MyClass } from './MyClass';",
        "export { default as folder } from './folder/index';",
        "export type { default as fooService } from './foo.service';",
        "export { default as myThing } from './my-thing';",
        "export { other, default as snakeCase } from './snake_case';",
      ],
    );
  });
  it('reports a default export that it can not name', async () => {
    await check(
      {
        '2fa.ts': 'export default 1;',
        'class.ts': 'export default 1;',
        'a.ts': 'export const a = 1; export default 2;',
      },
      ["export { a } from './a';"],
      ['default-export-unnamed 2fa.ts', 'default-export-unnamed a.ts', 'default-export-unnamed class.ts'],
    );
    await check({ '2fa.ts': 'export default 1;', 'b.ts': 'export default 1;' }, ['export {};'], [], {
      defaultExports: 'none',
    });
  });
  it('does not repeat a default export that has a name already', async () => {
    await check({ 'Button.ts': 'export class Button {}\nexport default Button;' }, [
      "export { Button } from './Button';",
    ]);
    await check(
      {
        'Button/Button.ts': 'export default class {}',
        'Button/index.ts': "export { default } from './Button';",
      },
      ["export { default as Button } from './Button/Button';"],
    );
    await check({ 'a/2fa.ts': 'export default 1;', 'a/index.ts': "export { default } from './2fa';" }, [
      "export { default as a } from './a/index';",
    ]);
    await check({ 'a.ts': 'export default 1;', 'b.ts': "export { default as chosen } from './a';" }, [
      "export { chosen } from './b';",
    ]);
  });
  it('quotes names that are no identifiers and writes reserved words', async () => {
    await check({ 'a.ts': "const a = 1; export { a as 'b-c', a as if, a as \"it's\" };" }, [
      "export { 'b-c', if, \"it's\" } from './a';",
    ]);
  });
  it('lists a source and what was compiled from it once', async () => {
    await check(
      { 'a.ts': 'export const a = 1;', 'a.js': 'export const a = 1;', 'a.d.ts': 'export const a: 1;' },
      ["export { a } from './a';"],
    );
    await check(
      { 'b.mts': 'export const b = 1;', 'b.mjs': 'export const b = 1;', 'b.ts': 'export const c = 1;' },
      ["export { b } from './b.mjs';", "export { c } from './b';"],
    );
  });
  it('reports a module that another of the same name hides', async () => {
    const files = { 'a.ts': 'export const a = 1;', 'a.tsx': 'export const b = 1;' };
    await check(files, ["export { a } from './a';"], ['module-shadowed a.tsx']);
    await check(files, ["export { a } from './a.ts';", "export { b } from './a.tsx';"], [], {
      moduleSuffix: 'source',
    });
  });
  it('has no types in JavaScript', async () => {
    const files = {
      'a.js': 'export const a = 1;',
      'b.ts': "export type T = 1; export const b = 1; export type * from 'pkg';",
      'c.ts': 'export type a = 1;',
    };
    await check(files, ["export { a } from './a.js';", "export { b } from './b.js';"], [], {
      output: 'index.mjs',
    });
  });
  it('refuses to write CommonJS', async () => {
    await check({ 'a.js': 'export const a = 1;' }, ['export {};'], ['barrel-output-unsupported index.cjs'], {
      output: 'index.cjs',
    });
  });
});
