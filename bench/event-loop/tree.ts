import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

export type Tree = { readonly folders: readonly string[]; readonly pages: number; readonly modules: number };

/** Folders on three levels: 20 of the first, 5 in each, 19 in each of those; 2,020 in all. */
function folderNames(): string[] {
  const names: string[] = [];
  for (let a = 0; a < 20; a++) {
    names.push(`section-${a}`);
    for (let b = 0; b < 5; b++) {
      names.push(`section-${a}/part-${b}`);
      for (let c = 0; c < 19; c++) names.push(`section-${a}/part-${b}/chapter-${c}`);
    }
  }
  return names;
}

function page(number: number): string {
  const order = number % 3 === 0 ? `order: ${number}\n` : '';
  const text = `Some words about the matter, *with emphasis* and [a link](other-${number}.md). `.repeat(10);
  return `---\ntitle: "Page ${number}: what it is about"\ndescription: A short account of number ${number}\n${order}tags: [a, b]\n---\n\n# Page ${number}\n\n${text}\n`;
}

function module(number: number): string {
  const functions = Array.from(
    { length: 8 },
    (_, n) => `export function act${number}x${n}(value: string): string {\n  return value + '${n}';\n}\n`,
  );
  return `import { other } from './other.ts';\n\nexport type Thing${number} = { readonly a: string };\n\n${functions.join('\n')}`;
}

const marks = '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->\n';

/**
 * Writes 10,000 pages in 2,000 folders below `docs`, 2,000 modules in 20 folders below `src`, and 5,000 pages with a
 * region in 250 folders below `marked`.
 */
export function writeLargeTree(root: string): Tree {
  const folders = folderNames();
  const pages = 10_000;
  const modules = 2_000;
  for (const folder of folders) mkdirSync(path.join(root, 'docs', folder), { recursive: true });
  for (let number = 0; number < pages; number++) {
    const folder = folders[number % folders.length] ?? '';
    writeFileSync(path.join(root, 'docs', folder, `page-${number}.md`), page(number));
  }
  for (let number = 0; number < modules; number++) {
    const folder = path.join(root, 'src', `part-${number % 20}`);
    if (number < 20) mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `module-${number}.ts`), module(number));
  }
  for (let number = 0; number < 5000; number++) {
    const folder = path.join(root, 'marked', `part-${number % 250}`);
    if (number < 250) mkdirSync(folder, { recursive: true });
    const sections = [1, 2, 3, 4].map((section) => `\n## Section ${section} of ${number}\n`);
    writeFileSync(path.join(folder, `page-${number}.md`), page(number) + marks + sections.join(''));
  }
  return { folders, pages, modules };
}
