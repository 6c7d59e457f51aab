import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { keyOf } from '../../../../src/core/regions/twins.ts';
import type { Report } from '../../../../src/core/types.ts';
import { regenerateIn } from '../../../support/regenerateIn.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { readTree, writeTree } from '../../../support/tree.ts';

const region = (attributes: string) =>
  `<!-- atomic-index:begin ${attributes} -->\n<!-- atomic-index:end -->\n`;

describe('regenerate, for regions', () => {
  const folder = useTempFolder();
  const run = regenerateIn(folder);
  const named = (...relativePaths: string[]) => ({ triggers: [{ kind: 'cli', relativePaths } as const] });
  const kinds = (report: Report) =>
    Object.fromEntries(report.targets.map(({ target, outcome }) => [keyOf(target), outcome.kind]));
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const codes = (report: Report) => report.problems.map(({ code, line }) => `${code}:${line}`);

  it('fills those of a named file without any project file, and nothing else', async () => {
    const page = `# Page\n\n${region('generator=toc')}\n## One\n\n${region('id=pages generator=markdown-index folder=docs')}\n## Two\n`;
    writeTree(folder.path, { 'README.md': page, 'other.md': page, 'docs/a.md': '# Apple' });
    assert.deepEqual(kinds(await run(named('README.md'))), {
      'README.md#toc': 'updated',
      'README.md#pages': 'updated',
    });
    assert.match(read('README.md'), /- \[One\]\(#one\)\n- \[Two\]\(#two\)\n/);
    assert.match(read('README.md'), /begin id=pages.*\n\n- \[Apple\]\(docs\/a\.md\)\n/);
    assert.equal(read('other.md'), page);
    const before = readTree(folder.path);
    assert.deepEqual(kinds(await run(named('README.md'))), {
      'README.md#toc': 'unchanged',
      'README.md#pages': 'unchanged',
    });
    assert.deepEqual(readTree(folder.path), before);
  });

  it('keeps every byte around them, in one file and in a set, whatever the encoding', async () => {
    const names = ['a.md', 'b.md', 'c.md'];
    // Not UTF-8: an umlaut in Latin-1, and CRLF and a lone CR around it.
    const around = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x0d, 0x0a, 0xff, 0x0d]);
    const page = Buffer.concat([
      Buffer.from('## One\r\n\r\n'),
      around,
      Buffer.from(`\n${region('generator=toc')}`),
    ]);
    for (const [name, more] of [
      ['a.md', ['a.md']],
      ['set', names],
    ] as const) {
      for (const one of more) fs.writeFileSync(folder.at(one), Buffer.concat([page, around]));
      const ended = kinds(await run(named(...more)));
      assert.deepEqual(Object.values(ended), Array(more.length).fill('updated'), name);
      for (const one of more) {
        const bytes = fs.readFileSync(folder.at(one));
        assert.match(bytes.toString('latin1'), /\[One\]\(#one\)/);
        assert.deepEqual(
          bytes.subarray(0, page.indexOf('<!--')),
          page.subarray(0, page.indexOf('<!--')),
          one,
        );
        assert.deepEqual(bytes.subarray(-around.length), around, one);
      }
      assert.deepEqual(Object.values(kinds(await run(named(...more)))), Array(more.length).fill('unchanged'));
    }
  });

  it('finds them by the globs of the project file, but not where git ignores', async () => {
    writeTree(folder.path, {
      'atomic-index.json': '{ "regions": "**/*.md" }',
      '.gitignore': 'ignored',
      'a.md': `${region('generator=toc')}\n## One\n`,
      'deep/er/b.md': `${region('generator=toc')}\n## Two\n`,
      'ignored/c.md': region('generator=toc'),
      'd.ts': '// atomic-index:begin generator=barrel\n// atomic-index:end\n',
    });
    assert.deepEqual(kinds(await run()), { 'a.md#toc': 'updated', 'deep/er/b.md#toc': 'updated' });
    fs.appendFileSync(folder.at('a.md'), '\n## More\n');
    const saved = await run({ triggers: [{ kind: 'save', relativePaths: ['a.md'] }] });
    assert.deepEqual(kinds(saved), { 'a.md#toc': 'updated' });
    assert.match(read('a.md'), /\[More\]/);
  });

  it('fills one that the project file describes, beside text and pages that stay as they are', async () => {
    const targets = [
      { generator: 'markdown-index', folder: 'docs', output: 'README.md', region: 'pages' },
      { generator: 'markdown-index', folder: 'docs', output: 'index.md' },
    ];
    writeTree(folder.path, {
      'atomic-index.json': JSON.stringify({ targets }),
      'docs/README.md': `# Docs\r\n\r\n${region('id=pages').replaceAll('\n', '\r\n')}by hand`,
      'docs/a.md': '# Apple',
    });
    assert.deepEqual(kinds(await run()), { 'docs/README.md#pages': 'updated', 'docs/index.md': 'created' });
    assert.match(
      read('docs/README.md'),
      /^# Docs\r\n\r\n<!--[^\n]*\r\n\r\n- \[Apple\]\(a\.md\)\r\n\r\n<!--[^\n]*\r\nby hand$/,
    );
    assert.deepEqual(Object.values(kinds(await run())), ['unchanged', 'unchanged']);
  });

  it('leaves a region alone that was edited by hand, and does the other one', async () => {
    const page = `${region('generator=toc')}\n## One\n\n${region('id=again generator=toc')}`;
    writeTree(folder.path, { 'a.md': page });
    await run(named('a.md'));
    fs.writeFileSync(folder.at('a.md'), `${read('a.md').replace('[One]', '[Won]')}\n## Two\n`);
    const report = await run(named('a.md'));
    assert.deepEqual(kinds(report), { 'a.md#toc': 'conflict', 'a.md#again': 'updated' });
    assert.match(read('a.md'), /\[Won\][\s\S]*\[One\][\s\S]*\[Two\]/);
    assert.equal(kinds(await run({ ...named('a.md'), overwrite: ['a.md#again'] }))['a.md#toc'], 'conflict');
    assert.equal(kinds(await run({ ...named('a.md'), overwrite: ['a.md#toc'] }))['a.md#toc'], 'updated');
    assert.doesNotMatch(read('a.md'), /\[Won\]/);
  });

  it('touches nothing where markers do not pair up, with an error at the line', async () => {
    const page = `${region('generator=toc')}\n## One\n<!-- atomic-index:begin id=b generator=toc -->\n`;
    writeTree(folder.path, { 'atomic-index.json': '{ "regions": ["*.md"] }', 'a.md': page });
    const report = await run();
    assert.deepEqual(report.targets, []);
    assert.deepEqual(codes(report), ['region-marker:5']);
    assert.equal(read('a.md'), page);
  });

  it('says at the marker what is wrong with it', async () => {
    const check = async (attributes: string, code: string, message: RegExp) => {
      writeTree(folder.path, { 'docs/a.md': `# A\n\n${region(attributes)}` });
      const report = await run(named('docs/a.md'));
      assert.deepEqual(codes(report), [`${code}:3`], attributes);
      assert.match(report.problems[0]?.message ?? '', message);
      assert.deepEqual(report.targets, []);
    };
    await check('generator=tocc', 'region-invalid', /no generator "tocc". Known: .*toc/);
    await check('generator=toc level=2', 'region-invalid', /Unknown key "level". Known: .*"minLevel"/);
    await check('generator=toc minLevel=9', 'region-invalid', /"minLevel" can't be 9/);
    await check('generator=html-index', 'region-invalid', /whole file/);
    await check('generator=markdown-index folder=../..', 'region-invalid', /"folder" must lie in/);
    await check('id=x', 'region-unused', /Nothing fills the region "x"/);
  });

  it('lets the project file and a marker not both describe one', async () => {
    const targets = [{ generator: 'toc', output: 'a.md', region: 'toc' }];
    writeTree(folder.path, {
      'atomic-index.json': JSON.stringify({ targets, regions: '*.md' }),
      'a.md': `${region('generator=toc minLevel=1')}# One\n`,
    });
    const report = await run();
    assert.deepEqual(codes(report), ['region-invalid:1']);
    assert.equal(report.targets.length, 1);
  });

  it('makes the table of contents from the very text that it replaces', async () => {
    writeTree(folder.path, { 'a.md': `${region('generator=toc')}\n## One\n` });
    let asked = 0;
    const isDirty = () => {
      if (++asked === 2) fs.appendFileSync(folder.at('a.md'), '\n## Late\n');
      return false;
    };
    assert.deepEqual(kinds(await run({ ...named('a.md'), isDirty })), { 'a.md#toc': 'updated' });
    assert.match(read('a.md'), /\[One\][\s\S]*\[Late\]\(#late\)/);
  });

  it('lists a page with a region like any other, but not in its own', async () => {
    const targets = [
      {
        generator: 'markdown-index',
        folder: 'docs',
        output: 'README.md',
        region: 'pages',
        exclude: ['all.md'],
      },
      { generator: 'markdown-index', folder: 'docs', output: 'all.md' },
    ];
    writeTree(folder.path, {
      'atomic-index.json': JSON.stringify({ targets }),
      'docs/README.md': `# Docs\n\n${region('id=pages')}`,
      'docs/sub/README.md': '# Sub',
      'docs/a.md': '# Apple',
    });
    const report = await run();
    assert.deepEqual(report.problems, []);
    assert.doesNotMatch(read('docs/README.md'), /\(README\.md\)/);
    assert.match(read('docs/all.md'), /Docs|README/);
  });

  it('refuses what can not stand in one file together', async () => {
    const targets = [
      { generator: 'markdown-index', output: 'a.md' },
      { generator: 'toc', output: 'a.md', region: 'x' },
      { generator: 'toc', output: 'b.md', region: 'x' },
      { generator: 'toc', output: 'b.md', region: 'x' },
      { generator: 'toc', output: 'c.md' },
      { generator: 'html-index', output: 'd.html', region: 'x' },
      { generator: 'toc', output: 'e.docx', region: 'x' },
    ];
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }), 'b.md': region('id=x') });
    const messages = (await run()).problems.map(({ message }) => message).join('\n');
    assert.match(messages, /all of a\.md and another one a region/);
    assert.match(messages, /Two targets fill the region "x" of b\.md/);
    assert.match(messages, /toc fills a region of a file and makes no file of its own/);
    assert.match(messages, /html-index makes a whole file/);
    assert.match(messages, /comments of e\.docx are not known/);
  });
});
