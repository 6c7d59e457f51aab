import assert from 'node:assert/strict';
import { barrel } from '../../../../../src/core/generators/barrel/barrel.ts';
import type { Target } from '../../../../../src/core/types.ts';
import { listModules } from '../listings.ts';

const target: Target = {
  generator: 'barrel',
  folder: 'app/src',
  output: 'app/src/index.ts',
  include: ['**/*.{ts,json}'],
  exclude: [],
  options: { moduleSuffix: 'auto' },
  range: { offset: 0, length: 0 },
};

/** Asks as a scan does, and gives what was found. */
function lookUp(files: Readonly<Record<string, string>>, one: Target): Map<string, string> {
  const known = new Map<string, string | null>();
  for (let round = 0; ; round++) {
    assert.ok(round < 50, 'asks for ever');
    const wanted = barrel.lookUps?.(one, known) ?? [];
    if (wanted.length === 0) break;
    for (const path of wanted) {
      assert.ok(!known.has(path), `asks twice for ${path}`);
      assert.ok(!path.startsWith('/') && !path.split('/').includes('..'), path);
      known.set(path, files[path] ?? null);
    }
  }
  return new Map([...known].flatMap(([path, text]) => (text === null ? [] : [[path, text] as const])));
}

/** The specifiers of `a.ts` and `d.json`, and the codes of problems. */
async function styleFor(files: Readonly<Record<string, string>>, output = 'index.ts'): Promise<string> {
  const inputs = lookUp(files, { ...target, output: `app/src/${output}` });
  const listing = await listModules({ 'a.ts': 'export const a = 1;', 'd.json': '1' }, output, 'app/src', {
    inputs,
  });
  const { body, problems } = barrel.render(listing, { moduleSuffix: 'auto' });
  const specifiers = Array.from(
    body.matchAll(/from '\.\/(.*?)'( with)?/g),
    (match) => match[1] + (match[2] ?? ''),
  );
  return [...specifiers, ...problems.map(({ code, relativePath }) => `${code} ${relativePath}`)].join(', ');
}

const config = (compilerOptions: object, more: object = {}) => JSON.stringify({ compilerOptions, ...more });

describe('the module suffix that the compiler wants', () => {
  it('is none without settings, and .js for a script', async () => {
    assert.equal(await styleFor({}), 'a, d.json');
    assert.equal(await styleFor({}, 'index.js'), 'a.js, d.json with');
  });
  it('follows the module resolution, or the module where there is none', async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{}, 'a'],
      [{ module: 'ESNext', moduleResolution: 'bundler' }, 'a'],
      [{ module: 'CommonJS' }, 'a'],
      [{ module: 'preserve' }, 'a'],
      [{ moduleResolution: 'node' }, 'a'],
      [{ module: 'NodeNext' }, 'a.js'],
      [{ module: 'node16' }, 'a.js'],
      [{ moduleResolution: 'Node16' }, 'a.js'],
      [{ module: 'nodenext', allowImportingTsExtensions: true }, 'a.ts'],
      [{ moduleResolution: 'bundler', allowImportingTsExtensions: true }, 'a'],
      [{ moduleResolution: 'bundler', rewriteRelativeImportExtensions: true }, 'a.ts'],
    ];
    for (const [options, expected] of cases) {
      const found = await styleFor({ 'tsconfig.json': config(options) });
      assert.equal(found.split(',')[0], expected, JSON.stringify(options));
    }
  });
  it('comes from the nearest settings, with comments and trailing commas', async () => {
    const files = {
      'tsconfig.json': config({ module: 'commonjs' }),
      'app/tsconfig.json': '// app\n{ "compilerOptions": { /* Node */ "module": "nodenext", }, }',
    };
    assert.equal(await styleFor(files), 'a.js, d.json');
    assert.equal(
      await styleFor({ 'jsconfig.json': config({ moduleResolution: 'bundler' }) }, 'index.js'),
      'a, d.json',
    );
  });
  it('follows what settings extend, the last of many first', async () => {
    const files = {
      'app/tsconfig.json': config({}, { extends: ['../base', '@fleet/settings/node.json'] }),
      'base.json': config(
        { moduleResolution: 'bundler', allowImportingTsExtensions: true },
        { extends: './deeper/root.json' },
      ),
      'deeper/root.json': config({ module: 'esnext' }),
      'node_modules/@fleet/settings/node.json': config({ moduleResolution: 'nodenext' }),
    };
    assert.equal((await styleFor(files)).split(',')[0], 'a.ts');
    assert.equal(
      (
        await styleFor({
          'tsconfig.json': config({}, { extends: '@fleet/node' }),
          'node_modules/@fleet/node/tsconfig.json': config({ module: 'node20' }),
        })
      ).split(',')[0],
      'a.js',
    );
  });
  it('says what it did not find, and ends in a circle', async () => {
    assert.equal(
      await styleFor({ 'app/tsconfig.json': config({ module: 'nodenext' }, { extends: './gone' }) }),
      'a.js, d.json, compiler-settings-unread ../../app/tsconfig.json',
    );
    assert.equal(
      await styleFor({ 'tsconfig.json': '{ "compilerOptions": ' }),
      'a, d.json, compiler-settings-unread ../../tsconfig.json',
    );
    assert.equal(
      (
        await styleFor({ 'tsconfig.json': config({ module: 'nodenext' }, { extends: './tsconfig.json' }) })
      ).split(',')[0],
      'a.js',
    );
  });
  it('is that of the project which has the file, where settings only name projects', async () => {
    const files = {
      'tsconfig.json': JSON.stringify({
        files: [],
        references: [{ path: './tools' }, { path: './app/tsconfig.app.json' }],
      }),
      'tools/tsconfig.json': config({ module: 'commonjs' }),
      'app/tsconfig.app.json': config({ module: 'nodenext' }, { include: ['src'] }),
    };
    assert.equal((await styleFor(files)).split(',')[0], 'a.js');
  });
  it('is not looked for where the option decides', () => {
    assert.deepEqual(
      barrel.lookUps?.({ ...target, include: ['**/*.ts'], options: { moduleSuffix: 'none' } }, new Map()),
      [],
    );
  });
});

describe('data in a barrel for Node.js', () => {
  const settings = config({ module: 'nodenext' });

  it('has an import attribute in an ES module only', async () => {
    assert.equal(
      await styleFor({ 'tsconfig.json': settings, 'package.json': '{ "type": "module" }' }),
      'a.js, d.json with',
    );
    assert.equal(await styleFor({ 'tsconfig.json': settings, 'package.json': '{}' }), 'a.js, d.json');
    assert.equal(
      await styleFor({
        'tsconfig.json': settings,
        'app/package.json': '{}',
        'package.json': '{ "type": "module" }',
      }),
      'a.js, d.json',
    );
    assert.equal(await styleFor({ 'tsconfig.json': settings }, 'index.mts'), 'a.js, d.json with');
    assert.equal(
      await styleFor({ 'tsconfig.json': settings, 'package.json': '{ "type": "module" }' }, 'index.cts'),
      'a.js, d.json',
    );
    assert.equal(
      await styleFor({
        'tsconfig.json': config({ module: 'node16' }),
        'package.json': '{ "type": "module" }',
      }),
      'a.js, d.json',
    );
  });
});
