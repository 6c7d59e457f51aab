import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { readPageFacts, readPageHead } from '../../src/core/facts/pageFacts.ts';
import { repositoryFile } from '../support/repository.ts';

describe('the first lines of a page', function () {
  this.timeout(120_000);
  const root = repositoryFile('node_modules');
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|markdown|html?)$/i.test(name))
    .sort();

  it('say what the whole page says, wherever they end, or that more must be read', () => {
    let decided = 0;
    let heads = 0;
    for (const name of pages) {
      const text = readFileSync(path.join(root, name), 'utf8').slice(0, 40_000);
      const extension = path.extname(name);
      const whole = readPageFacts(text, extension, name);
      for (
        let end = text.indexOf('\n') + 1, lines = 1;
        end > 0 && lines <= 60;
        end = text.indexOf('\n', end) + 1, lines++
      ) {
        const reading = readPageHead(text.slice(0, end), extension, name);
        heads++;
        if (reading === undefined) continue;
        decided++;
        assert.deepEqual(reading, whole, `${name}, after ${lines} lines`);
      }
    }
    assert.ok(
      pages.length > 500 && decided > heads / 2,
      `${decided} of ${heads} heads of ${pages.length} pages`,
    );
  });
});
