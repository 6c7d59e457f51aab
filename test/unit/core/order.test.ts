import assert from 'node:assert/strict';
import { comparePaths } from '../../../src/core/order.ts';

/** The list is in the order that is expected; every pair is compared in both directions. */
function check(...ordered: readonly string[]): void {
  for (const [i, left] of ordered.entries()) {
    for (const [j, right] of ordered.entries()) {
      const expected = Math.sign(i - j);
      assert.equal(
        Math.sign(comparePaths(left, right)),
        expected,
        `${JSON.stringify(left)} and ${JSON.stringify(right)}`,
      );
    }
  }
}

describe('the order of paths', () => {
  it('compares runs of digits as numbers, however long', () => {
    check('a', 'a0', 'a1', 'a2', 'a10', 'a10b', 'a11', 'a99999999999999999998', 'a99999999999999999999', 'b');
  });
  it('decides between equal numbers by their leading zeros, within one part', () => {
    check('1', '1/b', '01', '01/a', '001', '1a', '01a', '2');
  });
  it('compares part by part, so that a folder stays together', () => {
    check('a', 'a/b', 'a/b/c', 'a/z', 'a b', 'a!', 'a-b/a', 'a.md', 'ab');
  });
  it('goes by code point, not by UTF-16 unit and not by language', () => {
    check('A', 'Z', 'a', 'z', 'Ä', 'ä', 'z\u0301'.normalize('NFC'), '\uFFFD', '😀');
  });
  it('tells composed from decomposed letters', () => {
    assert.notEqual(comparePaths('é'.normalize('NFC'), 'é'.normalize('NFD')), 0);
  });
  it('is a total order on any text', () => {
    const alphabet = ['0', '00', '1', '01', '10', 'a', '/', '.', '😀', '\uE000'];
    let seed = 1;
    const next = (below: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const paths = Array.from({ length: 150 }, () => {
      return Array.from({ length: 1 + next(5) }, () => alphabet[next(alphabet.length)]).join('');
    });
    const unique = [...new Set(paths)];
    const sorted = unique.toSorted(comparePaths);
    check(...sorted);
    assert.deepEqual(unique.toReversed().sort(comparePaths), sorted);
  });
});
