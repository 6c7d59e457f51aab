import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { withHeader } from '../../../src/core/provenance.ts';
import { regenerate } from '../../../src/core/regenerate.ts';
import type { Report } from '../../../src/core/types.ts';
import { regenerateIn } from '../../support/regenerateIn.ts';
import { useTempFolder } from '../../support/tempFolder.ts';
import { readTree, writeTree } from '../../support/tree.ts';

const isWindows = process.platform === 'win32';
const project = JSON.stringify({
  targets: [
    { generator: 'markdown-index', folder: 'docs' },
    { generator: 'html-index', folder: 'site' },
    { generator: 'barrel', folder: 'src' },
  ],
});
const tree = {
  'atomic-index.json': project,
  'docs/a.md': '# First',
  'docs/sub/b.md': '---\ntitle: Second\n---\n',
  'site/page.html': '<title>Page</title>',
  'src/one.ts': 'export const one = 1;\nexport type One = number;\n',
};

describe('regenerate', () => {
  const folder = useTempFolder();
  const run = regenerateIn(folder);
  const kinds = (report: Report) =>
    Object.fromEntries(report.targets.map(({ target, outcome }) => [target.output, outcome.kind]));
  const read = (name: string) => fs.readFileSync(folder.at(name), 'utf8');
  beforeEach(() => writeTree(folder.path, tree));

  it('creates every target, and a second run changes nothing, not even a time', async () => {
    const first = await run();
    assert.deepEqual(kinds(first), {
      'docs/index.md': 'created',
      'site/index.html': 'created',
      'src/index.ts': 'created',
    });
    assert.deepEqual(first.problems, []);
    assert.match(read('docs/index.md'), /\[First\]\(a\.md\)[\s\S]*\[Second\]\(sub\/b\.md\)/);
    assert.match(read('site/index.html'), / href="page\.html">Page<\/a>/);
    assert.match(read('src/index.ts'), /export \{ one \} from '\.\/one';/);
    const before = readTree(folder.path);
    const second = await run();
    assert.deepEqual(kinds(second), {
      'docs/index.md': 'unchanged',
      'site/index.html': 'unchanged',
      'src/index.ts': 'unchanged',
    });
    assert.deepEqual(readTree(folder.path), before);
  });

  it('does only the targets that a trigger touches', async () => {
    const report = await run({ triggers: [{ kind: 'save', relativePaths: ['docs/a.md'] }] });
    assert.deepEqual(kinds(report), { 'docs/index.md': 'created' });
  });

  it('follows the sources: a change, a new page, a deleted one', async () => {
    await run();
    writeTree(folder.path, { 'docs/a.md': '# Changed', 'docs/c.md': '# Third' });
    fs.rmSync(folder.at('docs', 'sub'), { recursive: true });
    assert.equal(kinds(await run())['docs/index.md'], 'updated');
    assert.match(read('docs/index.md'), /Changed[\s\S]*Third/);
    assert.doesNotMatch(read('docs/index.md'), /Second/);
  });

  it('writes nothing in mode check, and says what would change', async () => {
    const before = readTree(folder.path);
    const report = await run({ mode: 'check' });
    assert.equal(kinds(report)['docs/index.md'], 'created');
    assert.deepEqual(readTree(folder.path), before);
  });

  it('leaves a hand-written file alone until the user says so', async () => {
    writeTree(folder.path, { 'docs/index.md': '# Mine\n' });
    const report = await run();
    assert.equal(kinds(report)['docs/index.md'], 'conflict');
    assert.equal(kinds(report)['src/index.ts'], 'created');
    assert.equal(read('docs/index.md'), '# Mine\n');
    assert.equal(kinds(await run({ overwrite: ['src/index.ts'] }))['docs/index.md'], 'conflict');
    assert.equal(kinds(await run({ overwrite: ['docs/index.md'] }))['docs/index.md'], 'updated');
  });

  it('leaves a generated file alone that was edited by hand', async () => {
    await run();
    fs.appendFileSync(folder.at('docs', 'index.md'), 'my note\n');
    writeTree(folder.path, { 'docs/a.md': '# Changed' });
    const report = await run();
    assert.equal(kinds(report)['docs/index.md'], 'conflict');
    assert.match(read('docs/index.md'), /First[\s\S]*my note/);
  });

  it('keeps line ends, byte order mark and mode of the file it replaces', async () => {
    await run();
    const file = folder.at('docs', 'index.md');
    fs.writeFileSync(file, `\uFEFF${read('docs/index.md').replaceAll('\n', '\r\n')}`);
    if (!isWindows) fs.chmodSync(file, 0o600);
    writeTree(folder.path, { 'docs/a.md': '# Changed' });
    assert.equal(kinds(await run())['docs/index.md'], 'updated');
    assert.match(read('docs/index.md'), /^\uFEFF<!--[^\n]*\r\n/);
    assert.doesNotMatch(read('docs/index.md'), /[^\r]\n/);
    if (!isWindows) assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it('never writes a file with unsaved changes, whenever they begin', async () => {
    const isDirty = (file: string) => file === folder.at('docs', 'index.md');
    assert.equal(kinds(await run({ isDirty }))['docs/index.md'], 'skipped');
    let asked = 0;
    const dirtyLater = (file: string) => isDirty(file) && ++asked > 1;
    assert.equal(kinds(await run({ isDirty: dirtyLater }))['docs/index.md'], 'skipped');
    assert.equal(fs.existsSync(folder.at('docs', 'index.md')), false);
  });

  it('loses nothing that was written between the comparison and the rename', async () => {
    await run();
    writeTree(folder.path, { 'docs/a.md': '# Changed' });
    const file = folder.at('docs', 'index.md');
    let asked = 0;
    // Asked the second time right before the rename.
    const isDirty = (asking: string) => {
      if (asking === file && ++asked === 2) fs.writeFileSync(file, 'by hand');
      return false;
    };
    const [report] = (await run({ isDirty })).targets;
    assert.deepEqual(report?.outcome.kind === 'conflict' && [report.outcome.reason, report.outcome.oldText], [
      'not-generated',
      'by hand',
    ]);
    assert.equal(read('docs/index.md'), 'by hand');
  });

  it('gives up on a file that another program keeps changing', async () => {
    const file = folder.at('docs', 'index.md');
    let asked = 0;
    const isDirty = (asking: string) => {
      const text = withHeader(`# ${++asked}\n`, 'markdown-index', 'docs/index.md');
      if (asking === file) fs.writeFileSync(file, text);
      return false;
    };
    const [report] = (await run({ isDirty })).targets;
    assert.equal(report?.outcome.kind === 'conflict' && report.outcome.reason, 'changed-meanwhile');
  });

  it('writes nothing of a set that is cancelled before all of it is ready', async () => {
    const before = readTree(folder.path);
    const controller = new AbortController();
    const report = await run({
      signal: controller.signal,
      onProgress: ({ done }) => done === 1 && controller.abort(),
    });
    assert.deepEqual(kinds(report), {
      'docs/index.md': 'skipped',
      'site/index.html': 'skipped',
      'src/index.ts': 'skipped',
    });
    assert.equal(report.isCancelled, true);
    assert.equal((await run({ signal: AbortSignal.abort() })).isCancelled, true);
    assert.deepEqual(readTree(folder.path), before);
  });

  it('says so when there is no project file', async () => {
    fs.rmSync(folder.at('atomic-index.json'));
    assert.equal((await run()).problems[0]?.code, 'no-project-file');
  });

  it('removes what a killed run left beside the output', async () => {
    const leftover = '.~ai-00000000-1-1-0-0123456789abcdef.tmp';
    fs.writeFileSync(folder.at('docs', leftover), 'half');
    await run();
    // A stranger's leftover stays: nothing proves its writer dead.
    assert.ok(fs.existsSync(folder.at('docs', leftover)));
    fs.rmSync(folder.at('docs', leftover));
  });
});

describe('regenerate with bad input', () => {
  const folder = useTempFolder();
  const base = { 'good/a.md': '# Good' };
  const check = (
    name: string,
    entry: object,
    files: Record<string, string>,
    expected: { kind?: string; message?: RegExp; problem?: string },
    prepare: () => void = () => undefined,
  ) =>
    it(`gives one message and does the other targets: ${name}`, async () => {
      const targets = [entry, { generator: 'markdown-index', folder: 'good' }];
      writeTree(folder.path, { ...base, ...files, 'atomic-index.json': JSON.stringify({ targets }) });
      prepare();
      const before = readTree(folder.path);
      const report = await regenerate({
        absoluteRoot: folder.path,
        mode: 'write',
        triggers: [{ kind: 'command', relativePaths: 'all' }],
      });
      const [bad, good] = report.targets;
      assert.equal(good?.outcome.kind, 'created');
      if (expected.kind !== undefined) assert.equal(bad?.outcome.kind, expected.kind);
      if (expected.message !== undefined) {
        assert.match(
          bad !== undefined && 'message' in bad.outcome ? bad.outcome.message : '',
          expected.message,
        );
      }
      assert.deepEqual(
        report.problems.map((problem) => problem.code),
        expected.problem ? [expected.problem] : [],
      );
      if (expected.kind === 'failed') {
        const after = readTree(folder.path);
        delete after['good/index.md'];
        assert.deepEqual(after, before);
      }
    });
  const pages = { generator: 'markdown-index', folder: 'docs' };
  const barrel = { generator: 'barrel', folder: 'src' };

  check('a missing folder', pages, {}, { kind: 'failed', message: /folder docs does not exist/ });
  check(
    'a folder that is a file',
    pages,
    { docs: 'x' },
    { kind: 'failed', message: /docs is not a folder|not a directory/ },
  );
  check('no source at all', pages, { 'docs/a.txt': '' }, { kind: 'created', problem: 'no-sources' });
  check('a binary page', pages, { 'docs/a.md': 'a\0b' }, { kind: 'created', problem: 'source-binary' });
  check(
    'a huge page',
    pages,
    { 'docs/a.md': 'x'.repeat(5e6) },
    { kind: 'created', problem: 'source-too-large' },
  );
  check(
    'front matter that does not parse',
    pages,
    { 'docs/a.md': '---\ntitle: [\n---\n# A' },
    {
      kind: 'created',
      problem: 'front-matter-invalid',
    },
  );
  check(
    'a page that is not UTF-8',
    pages,
    { 'docs/a.md': '' },
    { kind: 'created', problem: 'source-not-utf8' },
    () => fs.writeFileSync(folder.at('docs', 'a.md'), Buffer.from([0x23, 0x20, 0xfc, 0x0a])),
  );
  check(
    'a module that does not parse',
    barrel,
    { 'src/a.ts': 'export const = ;\nexport {', 'src/index.ts': '' },
    {
      kind: 'failed',
      message: /src\/a\.ts can't be read as a module/,
      problem: 'module-unparsable',
    },
  );
  check('a binary module', barrel, { 'src/a.ts': 'a\0b' }, { kind: 'failed', problem: 'source-binary' });
  if (isWindows) return;
  check(
    'a folder that leads outside',
    pages,
    { 'docs/a.md': '' },
    { kind: 'failed', message: /outside the workspace folder/ },
    () => fs.symlinkSync('/tmp/elsewhere.md', folder.at('docs', 'index.md')),
  );
  check(
    'a hard-linked output',
    barrel,
    { 'src/a.ts': 'export const a = 1;', 'src/index.ts': '', other: '' },
    { kind: 'failed', message: /hard links/ },
    () => {
      fs.rmSync(folder.at('other'));
      fs.linkSync(folder.at('src', 'index.ts'), folder.at('other'));
    },
  );
});
