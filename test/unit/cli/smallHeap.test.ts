import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { getHeapSpaceStatistics } from 'node:v8';
import { repositoryFile } from '../../support/repository.ts';

/** Makes many objects that live for a while, and tells how large the space for new ones has become. */
const program = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const { keepHeapSmall } = await import(process.argv[1]);
  if (process.argv[2] === 'small') keepHeapSmall();
  const kept = [];
  for (let i = 0; i < 3_000_000; i++) {
    kept.push({ i });
    if (kept.length > 100_000) kept.splice(0, 50_000);
  }
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  console.log(space.space_size);
`;

describe('keepHeapSmall', () => {
  const spaceOf = (how: 'small' | 'as-it-is'): number => {
    const module = pathToFileURL(repositoryFile('out', 'src', 'cli', 'smallHeap.js')).href;
    const args = ['--input-type=module', '--eval', program, module, how];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    // A V8 that doesn't know the flag would complain to the user.
    assert.equal(stderr, '');
    return Number(stdout);
  };

  it('keeps the space for new objects as small as it was at the start, without a word', () => {
    assert.ok(getHeapSpaceStatistics().some(({ space_name }) => space_name === 'new_space'));
    const [small, usual] = [spaceOf('small'), spaceOf('as-it-is')];
    assert.ok(small * 2 <= usual, `${small} and ${usual} bytes`);
  });
});
