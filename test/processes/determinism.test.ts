import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { listingOrder } from '../support/listingOrder.ts';
import { repositoryFile } from '../support/repository.ts';
import { useTempFolder } from '../support/tempFolder.ts';
import { writeTree } from '../support/tree.ts';

/** Each from another family of rules for upper case, accents and digits; the first is the plainest there is. */
const locales = ['C', 'tr_TR.UTF-8', 'sv_SE.UTF-8', 'ar_EG.UTF-8'];

/** What a disk may answer, since it promises no order. */
const listings: Readonly<Record<string, string>> = {
  'as the disk gives it': 'entries',
  backwards: 'entries.reverse()',
  'in some other order':
    'entries.sort((a, b) => (String(a.name ?? a).length * 7919) % 13 - (String(b.name ?? b).length * 7919) % 13)',
};

describe('the bytes of every output', function () {
  this.timeout(60_000);
  const folder = useTempFolder();

  it('are the same in every locale and whatever order the disk lists files in', () => {
    const names = [
      'ı',
      'I',
      'i',
      'İ',
      'ä',
      'z',
      'Å',
      'a10',
      'a9',
      'A',
      'ß',
      '10-x',
      '9-x',
      '٣',
      '😀',
      'é',
      'e\u0301',
    ];
    const pages = names.flatMap((name, i) => [
      [`docs/${i % 3}/${name}.md`, `---\ntitle: ${names[(i * 5) % names.length]}\ntags: [${name}, t]\n---\n`],
      [
        `docs/${name}.md`,
        `---\norder: ${i % 4}\ndate: 2024-01-${String(1 + (i % 9)).padStart(2, '0')}\n---\n# ${name}\n`,
      ],
    ]);
    const options = [
      {},
      { order: ['title'] },
      { order: ['prefix', 'date'], folderOrder: 'first' },
      { style: 'table', groupBy: 'tags', columns: ['title', 'tags', 'date'] },
      { style: 'summary', groupBy: 'folder' },
    ];
    const outputs = [...options.map((_, i) => `out-${i}.md`), 'page.html', 'barrel.ts'];
    const targets = [
      ...options.map((one, i) => ({ generator: 'markdown-index', output: `out-${i}.md`, options: one })),
      { generator: 'html-index', output: 'page.html' },
      { generator: 'barrel', output: 'barrel.ts' },
    ];
    writeTree(folder.path, {
      ...Object.fromEntries(pages),
      ...Object.fromEntries(
        names.map((name, i) => [`lib/${name}.ts`, `export const v${i} = 1;\nexport type I = 1;\n`]),
      ),
      'atomic-index.json': JSON.stringify({ targets }),
    });
    const seen = new Map<string, string>();
    for (const locale of locales) {
      for (const [listing, expression] of Object.entries(listings)) {
        for (const output of outputs) rmSync(folder.at(output), { force: true });
        const { status, stderr } = spawnSync(
          process.execPath,
          ['--import', listingOrder(expression), repositoryFile('dist', 'cli.mjs'), 'regenerate'],
          { cwd: folder.path, encoding: 'utf8', env: { ...process.env, LC_ALL: locale, LANG: locale } },
        );
        assert.deepEqual([status, stderr], [0, ''], `${locale}, ${listing}`);
        for (const output of outputs) {
          const text = readFileSync(folder.at(output), 'utf8');
          assert.equal(text, seen.get(output) ?? text, `${output} in ${locale}, ${listing}`);
          seen.set(output, text);
        }
      }
    }
  });
});
