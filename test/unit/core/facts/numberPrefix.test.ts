import assert from 'node:assert/strict';
import { numberPrefix } from '../../../../src/core/facts/numberPrefix.ts';

describe('a number before a name', () => {
  it('gives the order, and the name without it', () => {
    for (const name of [
      '01-intro.md',
      '1_intro.md',
      '1. intro.md',
      '1 intro.md',
      '1) intro.md',
      '001 - intro.md',
    ]) {
      assert.deepEqual(numberPrefix(name), { number: 1, rest: 'intro.md' }, name);
    }
    assert.deepEqual(numberPrefix('0012-use-a-database.md'), { number: 12, rest: 'use-a-database.md' });
    assert.deepEqual(numberPrefix('10-Über uns'), { number: 10, rest: 'Über uns' });
  });
  it('is not part of a date, a version, a word, or all that there is', () => {
    for (const name of [
      '2024-05-01-news.md',
      '2024-05.md',
      '1.2.md',
      '1.2-notes.md',
      '3d-models.md',
      '404.md',
      '404.html',
      '7',
      '7-',
      'intro-1.md',
      '-1-intro.md',
      '',
    ]) {
      assert.equal(numberPrefix(name), undefined, name);
    }
  });
});
