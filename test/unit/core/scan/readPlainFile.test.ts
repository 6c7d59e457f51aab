import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { readPlainFile } from '../../../../src/core/scan/readText.ts';
import { useTempFolder } from '../../../support/tempFolder.ts';

describe('readPlainFile', () => {
  const folder = useTempFolder();

  it('reads a file as it is, up to its limit', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
    fs.writeFileSync(folder.at('a.md'), bytes);
    fs.writeFileSync(folder.at('empty.md'), '');
    assert.deepEqual(readPlainFile(folder.at('a.md'), bytes.length), bytes);
    assert.equal(readPlainFile(folder.at('a.md'), bytes.length - 1), null);
    assert.deepEqual(readPlainFile(folder.at('empty.md'), 0), Buffer.alloc(0));
  });

  it('leaves everything else to those who can tell why', function () {
    assert.equal(readPlainFile(folder.at('none.md'), 100), null);
    assert.equal(readPlainFile(folder.path, 100_000), null);
    if (process.platform === 'win32') this.skip();
    fs.writeFileSync(folder.at('a.md'), 'text');
    fs.symlinkSync(folder.at('a.md'), folder.at('link.md'));
    assert.equal(readPlainFile(folder.at('link.md'), 100), null);
    // Nobody writes into it: an open that waits for that would never end.
    execFileSync('mkfifo', [folder.at('pipe.md')]);
    assert.equal(readPlainFile(folder.at('pipe.md'), 100), null);
  });
});
