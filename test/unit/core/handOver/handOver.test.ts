import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { handOverOnDisk } from '../../../../src/core/handOver/handOverOnDisk.ts';
import { type RegenerateRequest, regenerate } from '../../../../src/core/regenerate.ts';
import { keyOf } from '../../../../src/core/regions/twins.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

const project = `// Of this project
{
    // the pages
    "targets": [
        { "generator": "barrel", "folder": "src" }, // code
        /* docs */ { "generator": "markdown-index", "folder": "docs" },
    ],
}
`;

describe('a file handed over', () => {
  const folder = useTempFolder();
  const run = (request: Partial<RegenerateRequest> = {}) =>
    regenerate({
      absoluteRoot: folder.path,
      mode: 'write',
      triggers: [{ kind: 'cli', relativePaths: 'all' }],
      ...request,
    });
  const kinds = async () =>
    Object.fromEntries((await run()).targets.map(({ target, outcome }) => [keyOf(target), outcome.kind]));
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const append = (name: string, text: string) => fs.appendFileSync(folder.at(name), text);
  beforeEach(async () => {
    writeTree(folder.path, {
      'atomic-index.json': project,
      'docs/a.md': '# Apple',
      'src/one.ts': 'export const one = 1;',
    });
    await run();
  });

  it('is taken out of the project file, which keeps its comments, and loses only its header', async () => {
    const before = read('docs/index.md');
    append('docs/index.md', '\r\nMine.');
    assert.deepEqual(await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'all'), {
      done: ['docs/index.md', 'atomic-index.json'],
    });
    assert.equal(read('docs/index.md'), `${before.slice(before.indexOf('\n') + 1)}\r\nMine.`);
    assert.match(
      read('atomic-index.json'),
      /^\/\/ Of this project\n\{\n {4}\/\/ the pages[\s\S]*barrel[\s\S]*\/\/ code/,
    );
    assert.doesNotMatch(read('atomic-index.json'), /markdown-index/);
    assert.deepEqual(await kinds(), { 'src/index.ts': 'unchanged' });
  });

  it('keeps every byte when it never was ours', async () => {
    fs.rmSync(folder.at('docs', 'index.md'));
    const mine = Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xff, 0x0d, 0x0a, 0x80]);
    fs.writeFileSync(folder.at('docs', 'index.md'), mine);
    await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'all');
    assert.deepEqual(fs.readFileSync(folder.at('docs', 'index.md')), mine);
    await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'all');
  });

  it('keeps a region in place of the generated lines, and the text that was added around', async () => {
    fs.writeFileSync(folder.at('docs', 'index.md'), `${read('docs/index.md')}\nMine.\n`);
    await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'but-region');
    assert.match(read('atomic-index.json'), /\/\* docs \*\/ \{[^}]*"region": "markdown-index"/);
    assert.deepEqual(await kinds(), {
      'src/index.ts': 'unchanged',
      'docs/index.md#markdown-index': 'updated',
    });
    assert.match(
      read('docs/index.md'),
      /^# Docs\n\n<!-- atomic-index:begin id=markdown-index -->\n\n- \[Apple\]\(a\.md\)\n\n<!-- atomic-index:end .*checksum.*-->\n\nMine\.\n$/,
    );
    fs.writeFileSync(folder.at('docs', 'b.md'), '# Berry');
    await run();
    assert.match(read('docs/index.md'), /Berry[\s\S]*Mine/);
  });

  it('gets its region at the end when the generated lines were edited, and loses none of them', async () => {
    fs.writeFileSync(folder.at('docs', 'index.md'), read('docs/index.md').replace('[Apple]', '[My apple]'));
    await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'but-region');
    await run();
    assert.match(read('docs/index.md'), /My apple[\s\S]*begin id=markdown-index[\s\S]*\[Apple\]/);
  });

  it('leaves out one of many folders', async () => {
    const targets = [{ generator: 'markdown-index', folders: 'docs*' }];
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }), 'docs2/b.md': '# Berry' });
    await run();
    append('docs/index.md', 'Mine.');
    append('docs2/index.md', 'Mine.');
    await handOverOnDisk(await run({ mode: 'check' }), 'docs/index.md', 'all');
    assert.deepEqual(await kinds(), { 'docs2/index.md': 'conflict' });
    await handOverOnDisk(await run({ mode: 'check' }), 'docs2/index.md', 'but-region');
    assert.deepEqual(JSON.parse(read('atomic-index.json')).targets, [
      { generator: 'markdown-index', folders: 'docs*', exceptFolders: ['docs', 'docs2'] },
      { generator: 'markdown-index', folder: 'docs2', region: 'markdown-index' },
    ]);
    assert.deepEqual(await kinds(), { 'docs2/index.md#markdown-index': 'updated' });
  });

  it('loses its markers when it was a region', async () => {
    const marked = '# A\n\n<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n\n## One\n';
    writeTree(folder.path, { 'docs/a.md': marked });
    const triggers = [{ kind: 'cli', relativePaths: ['docs/a.md'] } as const];
    await run({ triggers });
    fs.writeFileSync(folder.at('docs', 'a.md'), read('docs/a.md').replace('[One]', '[Won]'));
    const result = await handOverOnDisk(await run({ triggers, mode: 'check' }), 'docs/a.md#toc', 'all');
    assert.deepEqual(result, { done: ['docs/a.md'] });
    assert.equal(read('docs/a.md'), '# A\n\n\n- [Won](#one)\n\n\n## One\n');
  });

  it('is refused with a reason where there is nothing to decide', async () => {
    const check = async (key: string, expected: RegExp) => {
      const result = await handOverOnDisk(await run({ mode: 'check' }), key, 'but-region');
      assert.match('refusal' in result ? result.refusal : '', expected);
    };
    await check('docs/index.md', /not in conflict/);
    await check('nowhere.md', /No target has the output/);
    append('docs/index.md', 'Mine.');
    const report = await run({ mode: 'check' });
    fs.writeFileSync(folder.at('atomic-index.json'), `\n${project}`);
    const result = await handOverOnDisk(report, 'docs/index.md', 'all');
    assert.match('refusal' in result ? result.refusal : '', /project file has changed/);
  });
});
