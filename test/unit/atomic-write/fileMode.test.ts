import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { birthModeOf } from '../../../src/atomic-write/fileMode.ts';
import { AtomicFile, atomicWriteText } from '../../../src/atomic-write/index.ts';
import { expectWriteError } from '../../support/expectError.ts';
import { repositoryFile } from '../../support/repository.ts';
import { useTempFolder } from '../../support/tempFolder.ts';

const posixOnly = process.platform === 'win32' ? describe.skip : describe;
const isRoot = process.getuid?.() === 0;

posixOnly('permission bits (POSIX)', () => {
  const folder = useTempFolder();
  const modeOf = (file: string) => fs.statSync(file).mode & 0o7777;

  for (const mode of [0o600, 0o640, 0o644, 0o666, 0o755, 0o2755, 0o4711, 0o200]) {
    it(`are kept exactly: ${mode.toString(8)}`, async () => {
      fs.writeFileSync(folder.at('a'), 'old');
      fs.chmodSync(folder.at('a'), mode);
      await atomicWriteText(folder.at('a'), 'new');
      assert.equal(modeOf(folder.at('a')), mode);
    });
  }

  it('of a new file obey the umask, or are what was asked', async () => {
    const script = `
      import { AtomicFile, atomicWriteText } from ${JSON.stringify(`file://${repositoryFile('out/src/atomic-write/index.js')}`)};
      process.umask(0o027);
      const file = await AtomicFile.open('streamed');
      await file.commit();
      await atomicWriteText('masked', 'x');
      await atomicWriteText('asked', 'x', { mode: 0o777 });`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder.path });
    assert.equal(modeOf(folder.at('streamed')), 0o640);
    assert.equal(modeOf(folder.at('masked')), 0o640);
    assert.equal(modeOf(folder.at('asked')), 0o777);
  });

  it('are private while the temp file is written', async () => {
    let seen: number[] = [];
    fs.writeFileSync(folder.at('a'), 'old', { mode: 0o600 });
    await atomicWriteText(folder.at('a'), 'secret', {
      beforeRename: () => {
        seen = fs.readdirSync(folder.path).map((name) => modeOf(folder.at(name)));
      },
    });
    assert.deepEqual(seen, [0o600, 0o600]);
  });

  it('give nobody more when the temp file is born than when it is done, whatever group it gets', () => {
    fs.writeFileSync(folder.at('a'), '');
    for (let mode = 0; mode <= 0o7777; mode++) {
      const old = Object.assign(fs.statSync(folder.at('a')), { mode: 0o100000 | mode });
      for (const birth of [birthModeOf(undefined, old), birthModeOf(mode, null)]) {
        const [group, others] = [(birth >> 3) & 7, birth & 7];
        assert.equal(birth & 0o600, 0o600);
        // Who is in the group of one file may be among the others of the other file.
        for (const may of [group, others]) {
          assert.equal(may & ~(mode & 7), 0, `others, ${mode.toString(8)}: ${birth.toString(8)}`);
          assert.equal(may & ~((mode >> 3) & 7), 0, `group, ${mode.toString(8)}: ${birth.toString(8)}`);
        }
        assert.equal(birth & 0o7000, 0, 'no temp file runs as somebody else');
      }
    }
    assert.equal(birthModeOf(0o644, null), 0o644);
  });

  it('of a handle that may stay open for long are private until the end', async () => {
    fs.writeFileSync(folder.at('a'), 'old', { mode: 0o644 });
    await using file = await AtomicFile.open(folder.at('a'));
    const seen = fs.readdirSync(folder.path).map((name) => modeOf(folder.at(name)));
    assert.deepEqual(seen.toSorted(), [0o600, 0o644]);
    await file.commit();
    assert.equal(modeOf(folder.at('a')), 0o644);
  });

  it('of a read-only file refuse the write, unless it is forced', async () => {
    fs.writeFileSync(folder.at('a'), 'old', { mode: 0o444 });
    const error = { code: 'READ_ONLY', step: 'inspect', retryable: false };
    await expectWriteError(atomicWriteText(folder.at('a'), 'new'), error);
    assert.equal(fs.readFileSync(folder.at('a'), 'utf8'), 'old');
    await atomicWriteText(folder.at('a'), 'new', { force: true });
    assert.equal(modeOf(folder.at('a')), 0o444);
  });

  it('and the owner are kept when root writes', async function () {
    // Only root can give files away; the run prints this line as pending otherwise.
    if (!isRoot) this.skip();
    fs.writeFileSync(folder.at('a'), 'old');
    fs.chownSync(folder.at('a'), 1234, 5678);
    fs.chmodSync(folder.at('a'), 0o6750);
    const result = await atomicWriteText(folder.at('a'), 'new');
    const { uid, gid } = fs.statSync(folder.at('a'));
    assert.deepEqual([uid, gid, modeOf(folder.at('a')), result.isOwnerKept], [1234, 5678, 0o6750, true]);
  });

  it('are narrowed when the group cannot be kept, and the folder refuses at once when it is closed', async function () {
    if (!isRoot) this.skip();
    const script = `
      import { atomicWriteText } from ${JSON.stringify(`file://${repositoryFile('out/src/atomic-write/index.js')}`)};
      process.setgroups([]); process.setgid(4321); process.setuid(4321);
      const own = await atomicWriteText('open/a', 'new', { force: true });
      const startedAt = performance.now();
      const closed = await atomicWriteText('closed/a', 'new').catch((error) => error);
      console.log(JSON.stringify({ own, code: closed.code, step: closed.step, ms: performance.now() - startedAt }));`;
    fs.chmodSync(folder.path, 0o755);
    fs.mkdirSync(folder.at('open'));
    fs.chmodSync(folder.at('open'), 0o777);
    fs.mkdirSync(folder.at('closed'));
    fs.writeFileSync(folder.at('open', 'a'), 'old');
    fs.chmodSync(folder.at('open', 'a'), 0o4774);
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder.path,
    });
    const printed = JSON.parse(output.toString());
    assert.equal(printed.own.isOwnerKept, false);
    assert.equal(modeOf(folder.at('open', 'a')), 0o744);
    assert.deepEqual([printed.code, printed.step], ['EACCES', 'createTemp']);
    assert.ok(printed.ms < 1000, `a permanent refusal took ${printed.ms} ms`);
  });
});
