import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { buildLayer } from '../support/faultLayer.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { writeTree } from '../support/tree.ts';

const cli = repositoryFile('dist', 'cli.mjs');
const targets = ['a', 'b', 'c'].map((folder) => ({ generator: 'markdown-index', folder }));

describe('a run of several targets that is killed (fault layer, Linux)', function () {
  this.timeout(120_000);
  const folder = useTempFolder();
  before(function () {
    if (process.platform !== 'linux') this.skip();
    buildLayer('faults');
  });

  const run = async (command: string, faults = ''): Promise<number | string> => {
    const env = {
      ...process.env,
      LD_PRELOAD: buildLayer('faults'),
      FAULTS: faults,
      FAULT_FOLDER: folder.path,
    };
    const child = spawn(process.execPath, [cli, command], { cwd: folder.path, env, stdio: 'ignore' });
    const [code, signal] = await once(child, 'exit');
    return signal ?? code;
  };
  const pages = (word: string) =>
    Object.fromEntries(targets.map(({ folder: name }) => [`${name}/page.md`, `# ${word}`]));
  const words = () =>
    targets.map(({ folder: name }) => {
      const text = fs.readFileSync(folder.at(name, 'index.md'), 'utf8');
      return /\[(\w+)\]/.exec(text)?.[1];
    });

  for (const operation of ['open', 'write', 'fsync', 'rename']) {
    it(`leaves all old or all new, wherever it stands at a call of ${operation}`, async () => {
      writeTree(folder.path, { 'atomic-index.json': JSON.stringify({ targets }), ...pages('Old') });
      assert.equal(await run('regenerate'), 0);
      const seen = new Set<string>();
      for (let skip = 0; ; skip++) {
        writeTree(folder.path, pages('New'));
        const end = await run('regenerate', `${operation}:KILLAFTER:${skip}:1`);
        if (end === 'SIGKILL') {
          assert.equal(await run('sweep'), 0);
          const found = words().join(' ');
          assert.ok(['Old Old Old', 'New New New'].includes(found), `${found} after call ${skip}`);
          seen.add(found);
        }
        assert.equal(await run('regenerate'), 0);
        assert.deepEqual(words(), ['New', 'New', 'New']);
        writeTree(folder.path, pages('Old'));
        assert.equal(await run('regenerate'), 0);
        if (end !== 'SIGKILL') {
          assert.equal(end, 0);
          assert.ok(skip >= 3, `only ${skip} calls`);
          break;
        }
      }
      assert.ok(seen.has(operation === 'rename' ? 'New New New' : 'Old Old Old'), [...seen].join());
    });
  }
});
