import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { writeTree } from '../support/tree.ts';

const cli = repositoryFile('dist', 'cli.mjs');
const project = '{ "targets": [{ "generator": "markdown-index", "folder": "docs" }] }';

type Ended = { readonly code: number; readonly outcome: string };

describe('several command-line tools at once', function () {
  this.timeout(60_000);
  const folder = useTempFolder();
  const index = () => folder.at('docs', 'index.md');
  beforeEach(() => writeTree(folder.path, { 'atomic-index.json': project, 'docs/a.md': '# First' }));

  const start = async (wrap: readonly string[], args: readonly string[]): Promise<Ended> => {
    const command = [...wrap, process.execPath, cli, 'regenerate', '--json', ...args];
    const child = spawn(command[0] ?? '', command.slice(1), { cwd: folder.path });
    let output = '';
    child.stdout.on('data', (data) => {
      output += String(data);
    });
    const [code] = await once(child, 'close');
    return { code, outcome: JSON.parse(output).targets[0].outcome };
  };

  /** Runs four at once for each of some changes, and reads the output all the while. */
  const race = async (wrap: readonly string[], args: readonly string[]): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      fs.writeFileSync(folder.at('docs', `page ${round}.md`), `# Page ${round}`);
      let isRunning = true;
      const ends = Promise.all(Array.from({ length: 4 }, () => start(wrap, args))).finally(() => {
        isRunning = false;
      });
      while (isRunning) {
        const text = fs.existsSync(index()) ? fs.readFileSync(index(), 'utf8') : '';
        if (round > 0) assert.match(text, /^<!-- @generated[\s\S]*\n$/);
        await new Promise((resolve) => setImmediate(resolve));
      }
      const ended = await ends;
      assert.deepEqual(
        ended.map(({ code }) => code),
        [0, 0, 0, 0],
      );
      const kinds = ended.map(({ outcome }) => outcome).filter((kind) => kind !== 'unchanged');
      assert.deepEqual(kinds, [round === 0 ? 'created' : 'updated'], 'one of them writes');
      assert.match(fs.readFileSync(index(), 'utf8'), new RegExp(`Page ${round}`));
    }
  };

  it('write once for all, whole at every moment', () => race([], []));

  it('do so in containers too, which share nothing but the volume', async function () {
    // A network namespace each: the kernel's lock of one is unknown to the others.
    const wrap = ['unshare', '--user', '--map-root-user', '--net'];
    try {
      execFileSync('unshare', [...wrap.slice(1), 'true'], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    await race(wrap, ['--lock-scope', 'volume']);
    const locks = fs.readdirSync(folder.at('.atomic-index')).filter((name) => name !== '.gitignore');
    assert.equal(locks.length, 1);
    const entries = fs.readdirSync(folder.at('.atomic-index', locks[0] ?? ''));
    assert.equal(entries.filter((name) => name.endsWith('.free')).length, 4, `${entries}`);
  });
});
