import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { loadProject } from '../../../../src/core/project/loadProject.ts';
import { projectFileName } from '../../../../src/core/project/projectFileName.ts';
import { createProjectFile, proposeProjectFile } from '../../../../src/core/propose.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';
import { writeTree } from '../../../support/tree.ts';

describe('the project file', () => {
  const folder = useTempFolder();
  const load = async (text: string) => {
    fs.writeFileSync(folder.at(projectFileName), text);
    return loadProject(folder.path);
  };

  it('may be missing', async () => {
    assert.deepEqual(await loadProject(folder.path), { text: null, targets: [], absent: [], problems: [] });
  });

  it('gives targets with all defaults filled in', async () => {
    const project = await load(`\uFEFF{
      // comments and trailing commas are welcome
      "targets": [{ "generator": "markdown-index", "folder": "./docs/" },],
    }`);
    assert.deepEqual(project.problems, []);
    const [target] = project.targets;
    assert.deepEqual([target?.folder, target?.output], ['docs', 'docs/index.md']);
    assert.ok(target?.include.includes('**/*.md'));
    assert.equal(target?.options['descriptions'], true);
  });

  it('makes one target for each folder that matches, without those that git ignores', async () => {
    writeTree(folder.path, {
      '.gitignore': 'packages/old/\n',
      'packages/b/src/x.ts': '',
      'packages/a/src/x.ts': '',
      'packages/old/src/x.ts': '',
      'packages/a/test/x.ts': '',
    });
    const project = await load('{ "targets": [{ "generator": "barrel", "folders": "packages/*/src" }] }');
    assert.deepEqual(
      project.targets.map((target) => target.output),
      ['packages/a/src/index.ts', 'packages/b/src/index.ts'],
    );
  });

  it('adds what is excluded to what the generator never lists', async () => {
    const project = await load('{ "targets": [{ "generator": "barrel", "exclude": ["old/**"] }] }');
    const exclude = project.targets[0]?.exclude ?? [];
    assert.ok(exclude.includes('old/**') && exclude.includes('**/*.{test,spec}.*'), exclude.join());
  });

  it('gives all targets its formatter but those that have another one, or none', async () => {
    const { targets, problems } = await load(`{
      "format": "prettier",
      "regions": "*.md",
      "targets": [
        { "generator": "barrel" },
        { "generator": "markdown-index", "folder": "docs", "format": "biome" },
        { "generator": "html-index", "folder": "site", "format": false },
      ],
    }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      targets.map(({ output, format }) => [output, format]),
      [
        ['index.ts', 'prettier'],
        ['docs/index.md', 'biome'],
        ['site/index.html', undefined],
      ],
    );
    fs.writeFileSync(
      folder.at('README.md'),
      '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n',
    );
    const marked = await load('{ "format": "prettier", "regions": "*.md" }');
    assert.deepEqual(
      marked.targets.map(({ format }) => format),
      ['prettier'],
    );
  });

  it('does nothing with a formatter that it does not know', async () => {
    const { targets, problems } = await load(
      '{ "format": "pretier",\n"targets": [{ "generator": "barrel" }] }',
    );
    assert.deepEqual(targets, []);
    const [{ message, line, column } = { message: '', line: 0, column: 0 }, ...others] = problems;
    assert.deepEqual([line, column, others], [1, 13, []]);
    assert.match(message, /^"format" must be "prettier", "biome" or false\. Nothing is regenerated\.$/);
  });

  const check = (name: string, entries: string, line: number, message: RegExp, kept = 1) =>
    it(`says where and what is wrong, and keeps the other targets: ${name}`, async () => {
      const good = '{ "generator": "markdown-index", "folder": "good" }';
      const { targets, problems } = await load(`{ "targets": [\n${good},\n${entries}\n] }`);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.equal(problems[0]?.line, line);
      assert.match(problems[0]?.message ?? '', message);
      assert.equal(targets.length, kept);
      assert.equal(targets[0]?.folder, 'good');
    });
  check(
    'an unknown generator',
    '{ "folder": "x",\n"generator": "magic" }',
    4,
    /"generator" is none of .*"barrel"/,
  );
  check(
    'an unknown formatter',
    '{ "generator": "barrel",\n"format": true }',
    4,
    /"format" can't be true\. Expected .*"prettier" or "biome" or false/,
  );
  check('no generator', '{ "folder": "x" }', 3, /"generator" is missing/);
  check(
    'an unknown key',
    '{ "generator": "barrel",\n"folde": "x" }',
    4,
    /Unknown key "folde". Known: .*"folder"/,
  );
  check(
    'an unknown option',
    '{ "generator": "barrel", "options": {\n"sufix": ".js" } }',
    4,
    /Unknown key "sufix"/,
  );
  check(
    'a wrong option',
    '{ "generator": "barrel", "options": {\n"moduleSuffix": 1 } }',
    4,
    /"moduleSuffix" can't be 1/,
  );
  check(
    'an option that must be there',
    '{ "generator": "sitemap",\n"options": {} }',
    4,
    /"base" is missing\.$/,
  );
  check(
    'an address that is none',
    '{ "generator": "sitemap", "options": {\n"base": "docs/" } }',
    4,
    /"base" must be an address such as/,
  );
  check(
    'a path that leads out',
    '{ "generator": "template", "options": {\n"template": "../a" } }',
    4,
    /"template" must be a path in this folder/,
  );
  check(
    'an output of another kind',
    '{ "generator": "sitemap", "output": "a.md", "options": { "base": "https://x.org" } }',
    3,
    /must end with \.xml/,
  );
  check('a wrong type', '{ "generator": "barrel", "include":\n"x" }', 4, /"include" can't be "x"/);
  check('an empty glob', '{ "generator": "barrel", "include": [\n""] }', 4, /must not be empty/);
  check(
    'folder and folders',
    '{ "generator": "barrel", "folder": "a", "folders": "b" }',
    3,
    /either "folder" or "folders"/,
  );
  check('not an object', '17', 3, /A target can't be 17/);
  check(
    'a folder outside',
    '{ "generator": "barrel", "folder": "../x" }',
    3,
    /"folder" must lie in this folder/,
  );
  check(
    'an absolute folder',
    '{ "generator": "barrel", "folder": "/x" }',
    3,
    /"folder" must lie in this folder/,
  );
  check(
    'an output outside',
    '{ "generator": "barrel", "folder": "x", "output": "../../y.ts" }',
    3,
    /"output" must lie/,
  );
  check(
    'an output without comments',
    '{ "generator": "barrel", "output": "x.json" }',
    3,
    /no|without a known comment/,
  );
  check(
    'the project file as output',
    '{ "generator": "barrel", "output": "atomic-index.json" }',
    3,
    /project file itself/,
  );
  check(
    'two targets with one output',
    '{ "generator": "markdown-index", "folder": "good" }',
    3,
    /Two targets write good\/index\.md/,
  );
  check(
    'outputs that differ in case',
    '{ "generator": "markdown-index", "folder": "good", "output": "INDEX.md" }',
    3,
    /Two targets/,
  );
  check(
    'folders that match nothing',
    '{ "generator": "barrel", "folders": "nowhere/*" }',
    3,
    /matches no folder/,
  );
  check(
    "a target inside another's sources",
    '{ "generator": "markdown-index", "folder": "good/sub" }',
    2,
    /good\/sub\/index\.md is generated by another target/,
    2,
  );

  it('tells of outputs only below a folder of that name, not beside it', async () => {
    const folders = ['good', 'good-2', 'good/sub'];
    const entries = folders.map((name) => `{ "generator": "markdown-index", "folder": "${name}" }`);
    const { problems } = await load(`{ "targets": [${entries.join(', ')}] }`);
    assert.deepEqual(
      problems.map(({ code, message }) => [code, message.split(' ')[0]]),
      [['generated-source', 'good/sub/index.md']],
    );
  });

  const broken = (name: string, text: string, line: number, message: RegExp) =>
    it(`regenerates nothing when ${name}`, async () => {
      const { targets, problems } = await load(text);
      assert.deepEqual(
        [targets.length, problems.length, problems[0]?.line],
        [0, 1, line],
        JSON.stringify(problems),
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  broken(
    'a comma is missing',
    '{\n"targets": [\n{ "generator": "barrel" "folder": "x" }\n] }',
    3,
    /comma expected/,
  );
  broken('it is empty', '', 1, /not valid JSON|value expected/);
  broken('it is a list', '[]', 1, /an object with a list "targets"/);
  broken('there are no targets', '{}', 1, /"targets" is missing/);
  broken('targets is no list', '{\n"targets": {} }', 2, /"targets" is missing/);

  it('reports a key it does not know beside the targets', async () => {
    const { problems } = await load('{ "$schema": "x", "targets": [],\n"target": [] }');
    assert.deepEqual(
      problems.map((problem) => [problem.code, problem.line]),
      [['project-file-unknown-key', 2]],
    );
  });

  it('is a problem when it is a folder', async () => {
    fs.mkdirSync(folder.at(projectFileName));
    const { problems } = await loadProject(folder.path);
    assert.equal(problems[0]?.code, 'project-file-unreadable');
  });
});

describe('the proposed project file', () => {
  const folder = useTempFolder();

  it('names what is there, parses, and is never written over one', async () => {
    writeTree(folder.path, {
      'docs/a.md': '# A',
      'docs/b.md': '# B',
      'site/a.html': '',
      'packages/x/src/a.ts': 'export const a = 1;',
      'src/index.ts': "// all\nexport * from './a';\nexport {\n  b,\n} from './b';\n",
      'lib/index.ts': 'export const hand = 1;',
    });
    const text = await proposeProjectFile(folder.path);
    assert.equal(await createProjectFile(folder.path, text), 'created');
    assert.equal(await createProjectFile(folder.path, 'other'), 'exists');
    const { targets, problems } = await loadProject(folder.path);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      targets.map((target) => target.output),
      ['docs/index.md', 'site/index.html', 'packages/x/src/index.ts', 'src/index.ts'],
    );
  });

  it('keeps a log where there are decision records', async () => {
    writeTree(folder.path, {
      'docs/a.md': '# A',
      'docs/adr/0001-record.md': '# 1. Record',
      'adr/0001-x.md': '# 1. X',
      'adr/index.md': '# By hand',
      'decisions/notes.md': '# Notes',
    });
    const text = await proposeProjectFile(folder.path);
    assert.match(text, /1 decision records? in adr\. index\.md is there already/);
    await createProjectFile(folder.path, text);
    const { targets, problems } = await loadProject(folder.path);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      targets.map(({ generator, output }) => `${generator} ${output}`),
      ['markdown-index docs/index.md', 'adr-log adr/index.md', 'adr-log docs/adr/index.md'],
    );
  });

  it('shows an example in an empty folder', async () => {
    await createProjectFile(folder.path, await proposeProjectFile(folder.path));
    assert.equal((await loadProject(folder.path)).targets.length, 1);
  });
});
