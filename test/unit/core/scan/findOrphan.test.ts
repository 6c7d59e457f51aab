import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { withHeader } from '../../../../src/core/provenance.ts';
import { regenerate } from '../../../../src/core/regenerate.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

describe('a generated file that no target writes', () => {
  const folder = useTempFolder();
  const project = JSON.stringify({
    targets: [
      { generator: 'markdown-index', folder: 'docs' },
      { generator: 'barrel', folder: 'src' },
    ],
  });
  beforeEach(() =>
    writeTree(folder.path, {
      'atomic-index.json': project,
      'docs/a.md': '# Apple',
      'src/a.ts': 'export const apple = 1;',
    }),
  );
  const read = (name: string) => fs.readFileSync(folder.at(...name.split('/')), 'utf8');
  const linesOf = (name: string) => read(name).split('\n').slice(1, -1).join('\n');
  const run = async () => {
    const triggers = [{ kind: 'command', relativePaths: 'all' } as const];
    const { problems } = await regenerate({ absoluteRoot: folder.path, mode: 'write', triggers });
    return problems.map(({ severity, code, relativePath, line }) =>
      [severity, code, relativePath, line].join(' '),
    );
  };
  const told = (place: string) => `information generated-orphan ${place}`;
  const page = (body: string, generator = 'markdown-index') => withHeader(body, generator, 'docs/index.md');

  it('is told of and not listed, until it is gone', async () => {
    assert.deepEqual(await run(), []);
    const [pages, modules] = [linesOf('docs/index.md'), linesOf('src/index.ts')];
    fs.renameSync(folder.at('docs', 'index.md'), folder.at('docs', 'old.md'));
    fs.renameSync(folder.at('src', 'index.ts'), folder.at('src', 'old.ts'));
    const both = [told('docs/old.md 1'), told('src/old.ts 1')];
    assert.deepEqual(await run(), both);
    assert.deepEqual([linesOf('docs/index.md'), linesOf('src/index.ts')], [pages, modules]);
    assert.deepEqual(await run(), both);
    for (const name of ['docs/old.md', 'src/old.ts']) fs.rmSync(folder.at(...name.split('/')));
    assert.deepEqual(await run(), []);
  });

  it('is known by all of its text, and its header told of where it stands', async () => {
    const long = `---\ntitle: Long\n---\n${'- [Apple](a.md)\n'.repeat(1000)}`;
    writeTree(folder.path, {
      'docs/long.md': page(long),
      'docs/other.md': page('* one\n').replace('*', '-'),
    });
    assert.deepEqual(await run(), [told('docs/long.md 4'), told('docs/other.md 1')]);
    assert.doesNotMatch(read('docs/index.md'), /Long|other/);
  });

  it('is a page like others once somebody has edited it, or if it only quotes a header', async () => {
    writeTree(folder.path, {
      'docs/edited.md': `${page('# Pear\n')}By hand.\n`,
      'docs/quoted.md': `# Quoted\n\n\`\`\`html\n${page('# Fig\n')}\`\`\`\n`,
    });
    assert.deepEqual(await run(), []);
    assert.match(read('docs/index.md'), /\[Pear\]\(edited\.md\)\n- \[Quoted\]\(quoted\.md\)/);
  });

  it('is none where another project file may stand for it, below or above the root', async () => {
    const inner = {
      'docs/inner/atomic-index.json': '{ "targets": [] }',
      'docs/inner/index.md': page('# Inner\n'),
    };
    writeTree(folder.path, inner);
    assert.deepEqual(await run(), []);
    assert.match(read('docs/index.md'), /\[Inner\]\(inner\/index\.md\)/);
    writeTree(folder.path, { 'docs/inner/pages/a.md': '# A', 'docs/inner/pages/b.md': page('# B\n') });
    const targets = [{ generator: 'markdown-index', folder: 'pages' }];
    writeTree(folder.path, { 'docs/inner/atomic-index.json': JSON.stringify({ targets }) });
    const triggers = [{ kind: 'command', relativePaths: 'all' } as const];
    const below = { absoluteRoot: `${folder.at('docs', 'inner')}/`, mode: 'write', triggers } as const;
    assert.deepEqual((await regenerate(below)).problems, []);
    assert.match(read('docs/inner/pages/index.md'), /\[B\]\(b\.md\)/);
    fs.rmSync(folder.at('atomic-index.json'));
    assert.equal((await regenerate(below)).problems[0]?.relativePath, 'pages/b.md');
  });

  it('is not listed, and not told of either, while nobody has its generator', async () => {
    writeTree(folder.path, { 'docs/tags.md': page('# Tags\n', 'sample.tags') });
    assert.deepEqual(await run(), []);
    assert.doesNotMatch(read('docs/index.md'), /Tags/);
  });

  it('still gives other modules what they pass on of it', async () => {
    writeTree(folder.path, {
      'src/old.ts': withHeader('export const pear = 1;\n', 'barrel', 'src/old.ts'),
      'src/b.ts': "export * from './old';\n",
    });
    assert.deepEqual(await run(), [told('src/old.ts 1')]);
    assert.match(
      linesOf('src/index.ts'),
      /^export \{ apple \} from '\.\/a';\nexport \{ pear \} from '\.\/b';$/,
    );
  });
});
