import assert from 'node:assert/strict';
import { barrel } from '../../../../../src/core/generators/barrel/barrel.ts';
import type { Listing } from '../../../../../src/core/types.ts';
import { listModules } from '../listings.ts';

type Files = Readonly<Record<string, string>>;
type Given = Readonly<Record<string, unknown>>;

/** Problems are written as `code path`. */
function checkListing(
  listing: Listing,
  given: Given,
  lines: readonly string[],
  problems: readonly string[] = [],
) {
  const rendered = barrel.render(listing, given);
  assert.deepEqual(rendered.body.split('\n').slice(0, -1), lines);
  assert.deepEqual(
    rendered.problems.map(({ code, relativePath }) => `${code} ${relativePath}`),
    problems,
  );
  return rendered;
}

async function check(files: Files, given: Given, lines: readonly string[], problems: readonly string[] = []) {
  return checkListing(await listModules(files), given, lines, problems);
}

describe('a barrel of stars', () => {
  const star: Given = { exports: 'star' };

  it('passes modules on as a whole, types as types, and nothing of modules without exports', async () => {
    await check(
      {
        'a.ts': 'export const a = 1; export type T = 1;',
        'b.ts': 'export type B = 1;',
        'c.ts': "import './a';",
        'd.ts': "export type * from 'pkg'; export const d = 1;",
        'e.ts': "export * from 'pkg';",
      },
      star,
      ["export * from './a';", "export type * from './b';", "export * from './d';", "export * from './e';"],
    );
  });
  it('names default exports, which stars leave out', async () => {
    await check(
      { 'Sail.ts': 'export default class {}', 'mast.ts': 'export default 1; export const a = 1;' },
      star,
      [
        "export { default as Sail } from './Sail';",
        "export { default as mast } from './mast';",
        "export * from './mast';",
      ],
    );
  });
  it('names what two stars bring with different meanings, so that neither is lost', async () => {
    const files = {
      'a.ts': 'export const same = 1, a = 1;',
      'b.ts': 'export type same = 2; export const b = 1;',
    };
    await check(
      files,
      star,
      ["export { same } from './a';", "export * from './a';", "export * from './b';"],
      ['export-collision b.ts'],
    );
    await check(
      files,
      { ...star, collisions: 'rename' },
      [
        "export { same } from './a';",
        "export * from './a';",
        "export type { same as bSame } from './b';",
        "export * from './b';",
      ],
      ['export-collision b.ts'],
    );
  });
  it('needs no name for one thing that two stars bring', async () => {
    await check(
      { 'a.ts': "export * from './b';\nexport const a = 1;", 'b.ts': 'export const b = 1;' },
      star,
      ["export * from './a';", "export * from './b';"],
    );
  });
});

describe('default exports in a barrel', () => {
  const files: Files = {
    'my-sail.ts': 'export default class Spinnaker {}',
    'URLList.ts': 'export default [1];',
    'mast.ts': 'const class_ = 1; export { class_ as default };',
    'again.ts': "export { default } from './my-sail';",
  };

  it('take the name that they have in their module when it is asked for', async () => {
    await check(files, { defaultExports: 'declared' }, [
      "export { default as URLList } from './URLList';",
      "export { default as class_ } from './mast';",
      "export { default as Spinnaker } from './my-sail';",
    ]);
  });
  it('begin as it is asked for', async () => {
    const names = async (defaultNameStyle: string) => {
      const { body } = barrel.render(await listModules(files), { defaultNameStyle });
      return Array.from(body.matchAll(/as (\w+)/g), (match) => match[1]).join(' ');
    };
    assert.equal(await names('as-file'), 'URLList mast mySail');
    assert.equal(await names('camel'), 'urlList mast mySail');
    assert.equal(await names('pascal'), 'URLList Mast MySail');
  });
  it('are left out when it is asked for', async () => {
    await check(files, { defaultExports: 'none' }, ['export {};']);
  });
});

describe('two modules that want one name', () => {
  const files: Files = {
    'a.ts': 'export const same = 1; export type Shape = 1;',
    'deep/b.ts': 'export const same = 2, own = 3; export type Shape = 2;',
    'deep/c.ts': 'export type same = 3;',
  };
  const problems = ['export-collision deep/b.ts', 'export-collision deep/b.ts'];

  it('stop the barrel where that is asked for', async () => {
    const { problems: found } = barrel.render(await listModules(files), { collisions: 'error' });
    assert.deepEqual(
      found.map(({ severity, code }) => `${severity} ${code}`),
      ['error export-collision', 'error export-collision'],
    );
  });
  it('are told, and the first stays, where nothing is asked for', async () => {
    const { problems: found } = await check(
      files,
      {},
      ["export { same } from './a';", "export type { Shape } from './a';", "export { own } from './deep/b';"],
      problems,
    );
    assert.ok(found.every(({ severity }) => severity === 'warning'));
  });
  it('may be had by a namespace', async () => {
    const { problems: found } = await check(
      files,
      { collisions: 'namespace' },
      [
        "export { same } from './a';",
        "export type { Shape } from './a';",
        "export { own } from './deep/b';",
        "export * as b from './deep/b';",
        "export type * as c from './deep/c';",
      ],
      problems,
    );
    assert.match(found[0]?.message ?? '', /that of deep\/b\.ts as b\.same, that of deep\/c\.ts as c\.same/);
  });
  it('may be had by another name', async () => {
    await check(
      files,
      { collisions: 'rename' },
      [
        "export { same } from './a';",
        "export type { Shape } from './a';",
        "export { same as bSame, own } from './deep/b';",
        "export type { Shape as BShape } from './deep/b';",
        "export type { same as cSame } from './deep/c';",
      ],
      problems,
    );
  });
  it('get names that nothing else has', async () => {
    const taken: Files = {
      'a.ts': 'export const same = 1, bSame = 1, b = 1;',
      'x/b.ts': 'export const same = 2;',
      'y/b.ts': 'export const same = 3;',
      'y/2.ts': 'export const same = 4;',
    };
    await check(
      taken,
      { collisions: 'rename' },
      [
        "export { b, bSame, same } from './a';",
        "export { same as xBSame } from './x/b';",
        "export { same as y2Same } from './y/2';",
        "export { same as yBSame } from './y/b';",
      ],
      ['export-collision x/b.ts'],
    );
    await check(
      taken,
      { collisions: 'namespace' },
      [
        "export { b, bSame, same } from './a';",
        "export * as xB from './x/b';",
        "export * as y2 from './y/2';",
        "export * as yB from './y/b';",
      ],
      ['export-collision x/b.ts'],
    );
  });
  it('may both be made-up names of default exports', async () => {
    await check(
      { 'x/sail.ts': 'export default 1;', 'y/sail.ts': 'export default 2;' },
      { collisions: 'rename' },
      ["export { default as sail } from './x/sail';", "export { default as ySail } from './y/sail';"],
      ['export-collision y/sail.ts'],
    );
  });
});

describe('files that ask not to be listed', () => {
  const ignored = '// atomic-index-ignore-file\n';

  it('are not, but what others pass on of them is', async () => {
    await check(
      {
        'a.ts': `${ignored}export const hidden = 1, shown = 2; export default 3;`,
        'b.ts': "export { shown } from './a';",
        'c.ts': `${ignored}export * from './b';`,
      },
      {},
      ["export { shown } from './b';"],
    );
  });
});

describe('components and data in a barrel', () => {
  const files: Files = { 'SailPlan.vue': '<template/>', 'mast.svelte': '<p/>', 'ports.json': '[]' };

  it('come by the names of their files, with their endings', async () => {
    await check(files, {}, [
      "export { default as SailPlan } from './SailPlan.vue';",
      "export { default as mast } from './mast.svelte';",
      "export { default as ports } from './ports.json';",
    ]);
  });
  it('say that data is data where the runtime wants to know', async () => {
    const { body } = barrel.render(await listModules(files), { moduleSuffix: '.js' });
    assert.match(body, /^export \{ default as ports \} from '\.\/ports\.json' with \{ type: 'json' \};$/m);
  });
});

describe('subfolders with an index of their own', () => {
  const nested: Given = { nested: 'barrels' };

  it('are shown by it alone when it is kept by hand', async () => {
    await check(
      {
        'own.ts': 'export const own = 1;',
        'sub/index.ts': "export { shown } from './a';\nexport type { T } from './a';",
        'sub/a.ts': 'export const shown = 1, hidden = 2; export type T = 1;',
        'sub/deeper/index.ts': 'export const deeper = 1;',
        'plain/b.ts': 'export const b = 1;',
      },
      nested,
      [
        "export { own } from './own';",
        "export { b } from './plain/b';",
        "export { shown } from './sub/index';",
        "export type { T } from './sub/index';",
      ],
    );
  });
  it('are passed on as a whole when another target makes it', async () => {
    const listing = await listModules(
      {
        'own.ts': 'export const own = 1;',
        'sub/a.ts': 'export const a = 1;',
        'sub/deeper/b.ts': 'export const b = 1;',
        'sub/Sail.ts': 'export default 1;',
        'other/c.ts': 'export const c = 1;',
      },
      'index.ts',
      'lib',
      {
        outputs: new Set([
          'lib/sub/deeper/index.ts',
          'lib/sub/index.ts',
          'lib/sub/readme.md',
          'lib/empty/index.ts',
          'lib/other/api.ts',
          'lib/index.ts',
        ]),
      },
    );
    checkListing(listing, nested, [
      "export { c } from './other/c';",
      "export { own } from './own';",
      "export * from './sub/index';",
    ]);
    checkListing(listing, {}, [
      "export { c } from './other/c';",
      "export { own } from './own';",
      "export { default as Sail } from './sub/Sail';",
      "export { a } from './sub/a';",
      "export { b } from './sub/deeper/b';",
    ]);
  });
  it('do not lose names that two of them have', async () => {
    const listing = await listModules(
      {
        'x/a.ts': 'export const same = 1, x = 1;',
        'y/b.ts': 'export const same = 2, own = 1;',
        'z.ts': 'export const own = 2;',
      },
      'index.ts',
      'lib',
      { outputs: new Set(['lib/x/index.ts', 'lib/y/index.ts', 'lib/index.ts']) },
    );
    checkListing(
      listing,
      nested,
      [
        "export { same } from './x/a';",
        "export * from './x/index';",
        "export { own } from './y/b';",
        "export * from './y/index';",
      ],
      ['export-collision y/b.ts', 'export-collision z.ts'],
    );
  });
});

describe('a barrel that loads many modules', () => {
  it('is told of above the limit, modules of types not counted', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `m${i}.ts`,
        i < 2 ? `export type T${i} = 1;` : `export const v${i} = 1;`,
      ]),
    );
    const codes = async (warnAbove: number) =>
      barrel
        .render(await listModules(files), { warnAbove })
        .problems.map(({ code, relativePath }) => `${code} ${relativePath}`);
    assert.deepEqual(await codes(10), []);
    assert.deepEqual(await codes(9), ['barrel-large index.ts']);
  });
});

describe('an index that is kept by hand', () => {
  const files: Files = {
    'a.ts': 'export const a = 1, b = 2; export type T = 1;',
    'Sail.ts': 'export default class {}',
    'whole.ts': 'export const w = 1;',
    'star.ts': "export * from './far';",
    'far.ts': 'export const far = 1;',
  };
  async function told(index: string | undefined) {
    const inputs = new Map(index === undefined ? [] : [['lib/index.ts', index]]);
    const listing = await listModules(files, 'index.ts', 'lib', { inputs });
    const { problems, isReportOnly } = barrel.render(listing, { reportOnly: true });
    assert.equal(isReportOnly, true);
    return problems.map(
      ({ code, message }) => `${code}: ${/(?:export|folder:) (.*?)\.(?: Add|$)/.exec(message)?.[1]}`,
    );
  }

  it('is told what it lacks', async () => {
    assert.deepEqual(await told("export { a } from './a';\nexport type { T } from './a.js';"), [
      'barrel-incomplete: b (a.ts), far (far.ts), w (whole.ts), 1 more',
    ]);
  });
  it('is left in peace when everything is there, under whatever name', async () => {
    const complete = [
      "export { a as first, b } from './a';",
      "import type { T } from './a';\nexport { T };",
      "export { default as MainSail } from './Sail';",
      "export * as whole from './whole';",
      "export * from './star';",
    ];
    assert.deepEqual(await told(complete.join('\n')), []);
  });
  it('is missed when it is not there', async () => {
    assert.equal((await told(undefined)).length, 1);
    assert.match((await told(undefined))[0] ?? '', /^barrel-unchecked/);
  });
});
