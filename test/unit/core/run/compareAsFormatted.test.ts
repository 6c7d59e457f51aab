import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { provenanceOf } from '../../../../src/core/provenance.ts';
import { type RegenerateRequest, regenerate } from '../../../../src/core/regenerate.ts';
import type { Report } from '../../../../src/core/types.ts';
import { complaintsOf, installFormatter, installInstead } from '../../../support/formatters.ts';
import { regenerateIn } from '../../../support/regenerateIn.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { readTree, writeTree } from '../../../support/tree.ts';

const everyTarget: RegenerateRequest['triggers'] = [{ kind: 'command', relativePaths: 'all' }];

/** Gives back what it was given, with a line more, and notes that it was started. */
const counting = `
  const fs = require('node:fs');
  fs.appendFileSync('starts.txt', 'x');
  process.stdout.write(fs.readFileSync(0, 'utf8').replace(/\\n$/, '\\n\\n<!-- formatted -->\\n'));`;

describe('a target that is formatted', function () {
  this.timeout(30_000);
  const folder = useTempFolder();
  const run = regenerateIn(folder, { formatters: 'run', lockScope: 'host' });
  const kinds = (report: Report) =>
    Object.fromEntries(report.targets.map(({ target, outcome }) => [target.output, outcome.kind]));
  const messageOf = (report: Report): string => {
    const [first] = report.targets;
    return first?.outcome.kind === 'failed' ? first.outcome.message : `${first?.outcome.kind}`;
  };
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  const project = (value: object, files: Readonly<Record<string, string>> = {}) =>
    writeTree(folder.path, { 'atomic-index.json': JSON.stringify(value), ...files });
  const pages = { 'docs/apple.md': '# Apple *pie*\n', 'docs/sub/pear.md': '# Pear | plum\n' };
  const index = { generator: 'markdown-index', folder: 'docs' };
  const uninstall = () => fs.rmSync(folder.at('node_modules'), { recursive: true });

  const everything = {
    targets: [
      index,
      { ...index, output: 'table.md', options: { style: 'table' } },
      { generator: 'json-manifest', folder: 'docs' },
      { generator: 'html-index', folder: 'docs', include: ['**/*.md'], options: { filter: true } },
      { generator: 'barrel', folder: 'src' },
    ],
  };
  const modules = {
    'src/one.ts': 'export const one = 1;\nexport type One = number;\n',
    'src/many.ts': 'export const aLongNameOfOneThing = 1, anotherLongName = 2, theThirdLongName = 3;\n',
  };
  const outputs = ['docs/index.md', 'docs/table.md', 'docs/pages.json', 'docs/index.html', 'src/index.ts'];

  for (const setup of [
    {},
    { tabWidth: 4, printWidth: 40, proseWrap: 'always', singleQuote: true },
    { useTabs: true, semi: false, endOfLine: 'crlf', htmlWhitespaceSensitivity: 'ignore' },
  ]) {
    it(`passes prettier --check, and a second run starts nothing: ${JSON.stringify(setup)}`, async () => {
      installFormatter(folder.path, 'prettier');
      const files = { ...pages, ...modules, '.prettierrc': JSON.stringify(setup) };
      project({ format: 'prettier', ...everything }, files);
      const first = await run();
      assert.deepEqual(
        Object.values(kinds(first)),
        outputs.map(() => 'created'),
      );
      assert.equal(complaintsOf('prettier', folder.path, ...outputs), '');
      for (const output of outputs) assert.equal(provenanceOf(read(output), output), 'generated', output);
      // Without a formatter to start, a run that started one would fail.
      uninstall();
      const before = readTree(folder.path);
      assert.deepEqual(
        Object.values(kinds(await run())),
        outputs.map(() => 'unchanged'),
      );
      assert.deepEqual(readTree(folder.path), before);
    });
  }

  it('passes biome format, in its own configuration', async () => {
    installFormatter(folder.path, 'biome');
    const biome = { formatter: { lineWidth: 40 }, javascript: { formatter: { quoteStyle: 'single' } } };
    const target = { generator: 'barrel', folder: 'src', format: 'biome' };
    project({ targets: [target] }, { ...modules, 'biome.json': JSON.stringify(biome) });
    assert.equal(kinds(await run())['src/index.ts'], 'created');
    assert.match(read('src/index.ts'), /\n\taLongNameOfOneThing,\n[\s\S]*from '/);
    assert.equal(complaintsOf('biome', folder.path, 'src/index.ts'), '');
    uninstall();
    assert.equal(kinds(await run())['src/index.ts'], 'unchanged');
  });

  it('is formatted anew when its sources say something else, and protected like any other', async () => {
    installFormatter(folder.path, 'prettier');
    project({ format: 'prettier', targets: [{ ...index, options: { style: 'table' } }] }, pages);
    await run();
    writeTree(folder.path, { 'docs/more.md': '# A title that makes the column wider\n' });
    assert.equal(kinds(await run())['docs/index.md'], 'updated');
    assert.match(read('docs/index.md'), /wider/);
    assert.equal(complaintsOf('prettier', folder.path, 'docs/index.md'), '');
    fs.appendFileSync(folder.at('docs', 'index.md'), '\nMy words.\n');
    const before = read('docs/index.md');
    assert.equal(kinds(await run())['docs/index.md'], 'conflict');
    assert.equal(read('docs/index.md'), before);
    assert.equal(kinds(await run({ overwrite: 'all' }))['docs/index.md'], 'updated');
    assert.equal(complaintsOf('prettier', folder.path, 'docs/index.md'), '');
  });

  it('is left alone when a file was moved there from another target', async () => {
    installFormatter(folder.path, 'prettier');
    const html = { generator: 'html-index', folder: 'docs', include: ['**/*.md'] };
    project({ format: 'prettier', targets: [index, html] }, pages);
    await run();
    const moved = read('docs/index.md').replace('(markdown-index)', '(html-index)');
    writeTree(folder.path, { 'docs/index.md': moved, 'docs/more.md': '# More\n' });
    const [report] = (await run()).targets;
    assert.equal(report?.outcome.kind === 'conflict' && report.outcome.reason, 'moved');
    assert.equal(read('docs/index.md'), moved);
  });

  it('is brought into form once when "format" is new, and into our own when it is gone', async () => {
    installFormatter(folder.path, 'prettier');
    const targets = [index, { generator: 'barrel', folder: 'src' }];
    project({ targets }, { ...pages, ...modules });
    await run();
    const own = read('src/index.ts');
    project({ format: 'prettier', targets });
    // The index has prettier's form already, and says from now on that it has.
    assert.deepEqual(kinds(await run()), { 'docs/index.md': 'updated', 'src/index.ts': 'updated' });
    assert.notEqual(read('src/index.ts'), own);
    uninstall();
    assert.deepEqual(kinds(await run()), { 'docs/index.md': 'unchanged', 'src/index.ts': 'unchanged' });
    project({ format: 'prettier', targets: targets.map((target) => ({ ...target, format: false })) });
    await run();
    assert.equal(read('src/index.ts'), own);
  });

  it('stays as another formatter left it while its sources say the same', async () => {
    installFormatter(folder.path, 'prettier');
    project({ format: 'prettier', ...everything }, { ...pages, ...modules });
    await run();
    writeTree(folder.path, { '.prettierrc': '{ "useTabs": true, "semi": false, "printWidth": 40 }' });
    uninstall();
    assert.deepEqual(
      Object.values(kinds(await run())),
      outputs.map(() => 'unchanged'),
    );
    installFormatter(folder.path, 'prettier');
    await run({ overwrite: 'all' });
    assert.equal(complaintsOf('prettier', folder.path, ...outputs), '');
    assert.match(read('src/index.ts'), /'\.\/one'\n|"\.\/one"\n/);
  });

  it('comes back as it was when the formatter is told to ignore it, or does not know its kind', async () => {
    for (const name of ['prettier', 'biome'] as const) installFormatter(folder.path, name);
    const sitemap = {
      generator: 'sitemap',
      folder: 'docs',
      include: ['**/*.md'],
      options: { base: 'https://a.b' },
    };
    const targets = [index, sitemap, { ...index, output: 'biome.md', format: 'biome' }];
    project({ targets }, { ...pages, '.prettierignore': 'docs/index.md\n' });
    await run({ formatters: 'run' });
    const withoutWord = (text: string) => text.replace(/ unformatted=\w+/, '');
    const own = readOutputs();
    project({ format: 'prettier', targets });
    const report = await run({ overwrite: 'all' });
    assert.deepEqual(
      report.targets.filter(({ outcome }) => outcome.kind === 'failed'),
      [],
    );
    assert.deepEqual(readOutputs().map(withoutWord), own.map(withoutWord));

    function readOutputs(): string[] {
      return ['docs/index.md', 'docs/sitemap.xml', 'docs/biome.md'].map(read);
    }
  });

  it('keeps a byte order mark, and has the line ends that the formatter gives it', async () => {
    installFormatter(folder.path, 'prettier');
    const files = { ...pages, 'docs/index.md': '\uFEFF', '.prettierrc': '{ "endOfLine": "crlf" }' };
    project({ format: 'prettier', targets: [index] }, files);
    await run();
    assert.match(read('docs/index.md'), /^\uFEFF<!-- @generated.*-->\r\n\r\n# Docs\r\n/);
    assert.doesNotMatch(read('docs/index.md'), /[^\r]\n/);
    assert.equal(kinds(await run())['docs/index.md'], 'unchanged');
  });

  it('starts one formatter for a change, under both locks, and none for what a check finds up to date', async () => {
    installInstead(folder.path, 'prettier', counting);
    project({ format: 'prettier', targets: [index] }, pages);
    await run({ lockScope: 'volume' });
    assert.equal(read('starts.txt'), 'x');
    assert.match(read('docs/index.md'), /<!-- formatted -->\n$/);
    assert.equal(kinds(await run({ mode: 'check' }))['docs/index.md'], 'unchanged');
    assert.equal(kinds(await run())['docs/index.md'], 'unchanged');
    assert.equal(read('starts.txt'), 'x');
  });

  it('has its formatter from the nearest folder, and never from above the workspace folder', async () => {
    installInstead(folder.path, 'prettier', counting);
    writeTree(folder.at('root'), {
      ...pages,
      'atomic-index.json': JSON.stringify({ format: 'prettier', targets: [index] }),
    });
    const outside = await run({ absoluteRoot: folder.at('root') });
    assert.match(
      messageOf(outside),
      /^docs\/index\.md was not regenerated: prettier is not installed in this folder\. Run npm install --save-dev prettier, or set "format" to false\. The file stays/,
    );
    assert.equal(fs.existsSync(folder.at('starts.txt')), false);
    installFormatter(folder.at('root', 'docs'), 'prettier');
    installInstead(folder.at('root'), 'prettier', counting);
    assert.equal(messageOf(await run({ absoluteRoot: folder.at('root') })), 'created');
    assert.equal(fs.existsSync(folder.at('root', 'starts.txt')), false);
  });

  describe('in a region', () => {
    const readme = (region: string) =>
      `#    Mine\n\n*   a\n*   b\n\n## One *thing*\n\n<!-- atomic-index:begin generator=toc -->\n${region}<!-- atomic-index:end -->\n\n\n## Two\n`;
    beforeEach(() => installFormatter(folder.path, 'prettier'));

    it('is laid out as the formatter does it there; all around it stays byte for byte', async () => {
      const bytes = Buffer.from(`${readme('')}caf\u00e9 \r\n`, 'latin1');
      project(
        { format: 'prettier', regions: '*.md' },
        { '.prettierrc': '{ "useTabs": true, "tabWidth": 4 }' },
      );
      fs.writeFileSync(folder.at('README.md'), bytes);
      assert.equal(kinds(await run())['README.md'], 'updated');
      const text = fs.readFileSync(folder.at('README.md'), 'latin1');
      const [before = '', after = ''] = bytes.toString('latin1').split('<!-- atomic-index:end -->');
      assert.ok(text.startsWith(before) && text.endsWith(after), text);
      assert.match(
        text.slice(before.length),
        /^\n- +\[One thing\]\(#one-thing\)\n- +\[Two\]\(#two\)\n\n<!-- .* checksum=\S+ unformatted=\w{16} -->/,
      );
      const starts = () => fs.existsSync(folder.at('starts.txt'));
      uninstall();
      installInstead(folder.path, 'prettier', counting);
      assert.deepEqual([kinds(await run())['README.md'], starts()], ['unchanged', false]);
      await run({ overwrite: 'all' });
      assert.equal(starts(), true);
    });

    it('is brought into form once when "format" is new', async () => {
      project({ regions: '*.md' }, { 'README.md': readme('') });
      await run();
      project({ format: 'prettier', regions: '*.md' });
      assert.equal(kinds(await run())['README.md'], 'updated');
      assert.equal(kinds(await run())['README.md'], 'unchanged');
    });

    it('passes prettier --check in a file that did, also where the text alone would be no program', async () => {
      const list = '{% for page in pages %}   "{{ page.title }}" ,\n{% endfor %}';
      const target = {
        generator: 'template',
        folder: 'docs',
        output: '../list.ts',
        region: 'list',
        include: ['**/*.md'],
      };
      const code =
        'export const titles = {\n  all: [\n    // atomic-index:begin id=list\n    // atomic-index:end\n  ],\n};\n';
      project(
        { targets: [{ ...target, format: 'prettier', options: { template: 'list.liquid' } }] },
        { ...pages, 'list.ts': code, 'list.liquid': list },
      );
      assert.equal(messageOf(await run()), 'updated');
      assert.match(read('list.ts'), /\n {4}"Apple pie",\n/);
      assert.equal(complaintsOf('prettier', folder.path, 'list.ts'), '');
      writeTree(folder.path, { 'docs/apple.md': '# Quince\n' });
      assert.equal(messageOf(await run()), 'updated');
      assert.equal(complaintsOf('prettier', folder.path, 'list.ts'), '');
      fs.writeFileSync(folder.at('list.ts'), read('list.ts').replace('Quince', 'Medlar'));
      assert.equal(messageOf(await run()), 'conflict');
    });

    it('passes prettier --check in a Markdown page that did, also in a list', async () => {
      const markers = (key: string) => `<!-- atomic-index:begin ${key} -->\n<!-- atomic-index:end -->\n`;
      const page = `# Page\n\n- Item\n\n  ${markers('generator=toc').replace('\n', '\n  ')}\n${markers('generator=markdown-index folder=docs style=table')}\n## One _thing_\n`;
      project({ format: 'prettier', regions: '*.md' }, { ...pages, 'README.md': page });
      assert.equal(complaintsOf('prettier', folder.path, 'README.md'), '');
      const { targets } = await run();
      assert.deepEqual(
        targets.map(({ outcome }) => outcome.kind),
        ['updated', 'updated'],
      );
      assert.match(read('README.md'), /\n {2}- \[One thing\]/);
      assert.equal(complaintsOf('prettier', folder.path, 'README.md'), '');
      const again = await run();
      assert.deepEqual(
        again.targets.map(({ outcome }) => outcome.kind),
        ['unchanged', 'unchanged'],
      );
    });

    it('is left alone when the file around it does not parse', async () => {
      const code = '// atomic-index:begin generator=barrel\n// atomic-index:end\nexport {\n';
      project({ format: 'prettier', regions: 'src/all.ts' }, { ...modules, 'src/all.ts': code });
      assert.match(
        messageOf(await run()),
        /^src\/all\.ts was not regenerated: prettier says: src\/all\.ts: SyntaxError: .*The file stays as it is\.$/,
      );
      assert.equal(read('src/all.ts'), code);
    });
  });

  describe('by a formatter that fails', () => {
    const fails = (name: string, code: string, message: RegExp) =>
      it(`is left as it is, and the others are done: ${name}`, async () => {
        installInstead(folder.path, 'prettier', code);
        const targets = [
          { ...index, format: 'prettier' },
          { ...index, output: 'plain.md' },
        ];
        project({ targets }, pages);
        const report = await run({ renderLimitMs: 3000 });
        assert.match(messageOf(report), message);
        assert.equal(fs.existsSync(folder.at('docs', 'index.md')), false);
        assert.equal(kinds(report)['docs/plain.md'], 'created');
      });
    fails(
      'an error',
      'console.error("[error] no such parser.\\nmore"); process.exitCode = 2;',
      /^docs\/index\.md was not regenerated: prettier says: no such parser\. The file stays as it is\.$/,
    );
    fails('a crash', 'throw new Error("odd");', /prettier says: .*main\.cjs/);
    fails('an error without a word', 'process.exitCode = 7;', /prettier says: it ended with 7\./);
    fails('one that hangs', 'setInterval(() => {}, 1000);', /prettier gave no text within 3 seconds\./);
    fails(
      'one that never stops talking',
      'const talk = () => process.stdout.write("x".repeat(1e6), talk); talk();',
      /prettier gave more than 32 MB\./,
    );
    fails(
      'one that takes the header away',
      'console.log("# Mine");',
      /prettier changed the header by which Atomic Index knows its text\. Set "format" of this target to false\./,
    );
    fails(
      'one that changes the header',
      'process.stdin.on("data", (text) => process.stdout.write(String(text).toUpperCase()));',
      /changed the header/,
    );
  });

  it('is compared unformatted where no formatter may run, which is said, and is never written so', async () => {
    installInstead(folder.path, 'prettier', counting);
    const targets = [index, { ...index, output: 'plain.md', format: false }];
    project({ format: 'prettier', targets }, pages);
    const said = ({ problems }: Report) =>
      problems.flatMap(({ severity, code, relativePath: file, column }) =>
        code.startsWith('format') ? [`${severity} ${code} ${file}:${column}`] : [],
      );
    const check = await run({ mode: 'check', formatters: 'untrusted' });
    assert.deepEqual(kinds(check), { 'docs/index.md': 'created', 'docs/plain.md': 'created' });
    assert.deepEqual(said(check), ['information format-untrusted docs/index.md:undefined']);
    assert.deepEqual(said(await run({ mode: 'check', formatters: 'not-needed' })), []);
    const reports = [
      await run({ formatters: 'untrusted' }),
      await run({ formatters: 'not-needed' }),
      await run({ formatters: 'not-allowed', mode: 'check' }),
      await regenerate({ absoluteRoot: folder.path, mode: 'write', triggers: everyTarget }),
    ];
    for (const report of reports) {
      assert.deepEqual(Object.keys(kinds(report)), ['docs/plain.md']);
      assert.deepEqual(said(report), ['error format-not-allowed atomic-index.json:11']);
    }
    assert.equal(fs.existsSync(folder.at('starts.txt')), false);
    await run();
    const known = await run({ mode: 'check', formatters: 'untrusted' });
    assert.deepEqual([kinds(known)['docs/index.md'], said(known)], ['unchanged', []]);
  });
});
