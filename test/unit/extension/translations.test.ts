import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { repositoryFile } from '../../support/repository.ts';

const readJson = (file: string): unknown => JSON.parse(readFileSync(repositoryFile(file), 'utf8'));
const source = repositoryFile('src', 'extension');

describe('translations', () => {
  it('list exactly the messages that the extension shows', () => {
    const shown = new Set<string>();
    for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(path.join(source, name), 'utf8');
      const calls = text.match(/\bt\(/g)?.length ?? 0;
      const messages = [...text.matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g)];
      assert.equal(messages.length, calls, `${name} has a message that is not a plain string`);
      for (const [, single, double] of messages) shown.add((single ?? double ?? '').replaceAll("\\'", "'"));
    }
    const bundle = readJson('l10n/bundle.l10n.json');
    assert.deepEqual(Object.keys(Object(bundle)).sort(), [...shown].sort());
  });

  it('name exactly the texts of the manifest', () => {
    const used = [...JSON.stringify(readJson('package.json')).matchAll(/"%([^%"]+)%"/g)].map(
      ([, key]) => key,
    );
    assert.deepEqual(Object.keys(Object(readJson('package.nls.json'))).sort(), [...new Set(used)].sort());
  });
});
