import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Tree = { readonly kind: 'modules' | 'pages' | 'marked pages'; readonly files: number };

const filesPerFolder = 20;

/** Writes the same tree for the same kind and number: 20 files a folder, folders of at most 8 subfolders. */
export function writeBenchTree(folder: string, { kind, files }: Tree): void {
  for (let i = 0; i < files; i++) {
    const path = join(folder, 'src', folderOf(Math.floor(i / filesPerFolder)), nameOf(kind, i));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(kind, i));
  }
}

function folderOf(index: number): string {
  const parts: string[] = [];
  for (let rest = index; rest > 0; rest = Math.floor((rest - 1) / 8)) parts.unshift(`part-${(rest - 1) % 8}`);
  return parts.join('/');
}

function nameOf(kind: Tree['kind'], i: number): string {
  return kind === 'modules' ? `module-${i}.ts` : `page-${i}.md`;
}

function textOf(kind: Tree['kind'], i: number): string {
  if (kind === 'modules') return moduleText(i);
  const marks = '<!-- atomic-index:begin generator=toc -->\n<!-- atomic-index:end -->';
  return kind === 'pages' ? pageText(i) : pageText(i).replace(/^# .*$/m, (title) => `${title}\n\n${marks}`);
}

/** 0.9 KB with three exports, one of them a type. */
function moduleText(i: number): string {
  return `// Module ${i} of the benchmark.
export interface Reading${i} {
  readonly station: string;
  readonly hour: number;
  readonly height: number;
}

const cache${i} = new Map<string, Reading${i}>();

/** Remembers a reading and gives the one before. */
export function remember${i}(reading: Reading${i}): Reading${i} | undefined {
  const before = cache${i}.get(reading.station);
  cache${i}.set(reading.station, reading);
  return before;
}

export class Harbour${i} {
  readonly #readings: Reading${i}[] = [];

  add(reading: Reading${i}): void {
    this.#readings.push(reading);
  }

  /** The mean height at an hour, in metres. */
  heightAt(hour: number): number {
    const matching = this.#readings.filter((reading) => reading.hour === hour);
    const sum = matching.reduce((total, reading) => total + reading.height, 0);
    return matching.length === 0 ? Number.NaN : sum / matching.length;
  }
}
`;
}

/** 2.3 KB with front matter and five headings. */
function pageText(i: number): string {
  const paragraph =
    'The tide turns here an hour later than at the breakwater, so that boats with more than two metres of draught wait ' +
    'for the second half of the flood. Ask the harbour office by radio before you enter, and keep to the green side.\n';
  const sections = ['Approach', 'Berths', 'Tides', 'Services'].map(
    (title) => `## ${title} ${i}\n\n${paragraph}${paragraph}`,
  );
  return `---\ntitle: Harbour ${i}\ndescription: Notes on harbour ${i}\norder: ${i % 50}\n---\n\n# Harbour ${i}\n\n${sections.join('\n')}`;
}
