import { foldText } from '../escape.ts';
import { readAdrFacts } from '../facts/adrFacts.ts';
import { comparePaths } from '../order.ts';
import type { DecisionFacts, DecisionLink, Listing, Problem, Source } from '../types.ts';
import { baseName, resolvePath, stemOf } from './relativePath.ts';

/** One decision record, with its links led to the records that they mean. */
export type AdrRecord = {
  readonly relativePath: string;
  readonly number: number | undefined;
  /** One line, never empty. */
  readonly title: string;
  readonly status: string | undefined;
  readonly date: string | undefined;
  readonly supersedes: readonly AdrReference[];
  readonly supersededBy: readonly AdrReference[];
};

/** Another record, by a path relative to the target's folder; without one it is a name that leads nowhere. */
export type AdrReference = { readonly text: string; readonly relativePath: string | undefined };

export type AdrRecords = { readonly records: readonly AdrRecord[]; readonly problems: readonly Problem[] };

type Read = { readonly relativePath: string; readonly facts: DecisionFacts };

/**
 * Gives the decision records of a listing by number, those without one last. Numbers given twice, links that lead
 * nowhere and decisions that don't know that they are superseded are problems; the log is made all the same.
 */
export function adrRecords(listing: Listing): AdrRecords {
  const problems: Problem[] = [];
  const reads: Read[] = [];
  for (const read of listing.sources.map(readAgain)) {
    const isRecord = read.facts.number !== undefined || read.facts.status !== undefined;
    if (isRecord) reads.push(read);
    else problems.push(notARecord(read.relativePath));
  }
  reads.sort((a, b) => rank(a.facts) - rank(b.facts) || comparePaths(a.relativePath, b.relativePath));
  problems.push(...doubles(reads), ...stale(reads));
  const records = reads.map((read): AdrRecord => {
    const lead = (links: readonly DecisionLink[]) =>
      links.map((link) => referenceOf(read, link, reads, problems));
    const { facts, relativePath } = read;
    return {
      relativePath,
      number: facts.number,
      title: titleOf(read),
      status: facts.status,
      date: facts.date,
      supersedes: lead(facts.supersedes),
      supersededBy: lead(facts.supersededBy),
    };
  });
  return { records, problems };
}

/** A source that could not be read still has the number in its name. */
function readAgain({ relativePath, facts }: Source): Read {
  return {
    relativePath,
    facts: facts.kind === 'decision' ? facts : readAdrFacts('', '.md', relativePath).facts,
  };
}

function rank({ number }: DecisionFacts): number {
  return number ?? Number.MAX_SAFE_INTEGER;
}

function titleOf({ relativePath, facts }: Read): string {
  const title = foldText(facts.title ?? '');
  if (title !== '') return title;
  const words = foldText(
    stemOf(relativePath)
      .replace(/^(?:adr[-_ ]?)?\d+(?=[-_. ])/i, '')
      .replace(/[-_]+/g, ' '),
  );
  return words === '' ? baseName(relativePath) : words;
}

function find(from: string, link: DecisionLink, reads: readonly Read[]): Read | undefined {
  const { path, number } = link;
  if (path === undefined) return reads.find(({ facts }) => facts.number === number);
  const wanted = resolvePath(from, path);
  return reads.find(({ relativePath }) => relativePath === wanted);
}

function referenceOf(
  read: Read,
  link: DecisionLink,
  reads: readonly Read[],
  problems: Problem[],
): AdrReference {
  const found = find(read.relativePath, link, reads);
  const text = foldText(link.path ?? `ADR-${link.number}`);
  if (found !== undefined) {
    return { text: String(found.facts.number ?? titleOf(found)), relativePath: found.relativePath };
  }
  // What lies outside the folder is not in the listing, whether it is there or not.
  if (link.path !== undefined && resolvePath(read.relativePath, link.path).startsWith('../')) {
    return { text, relativePath: resolvePath(read.relativePath, link.path) };
  }
  problems.push({
    severity: 'warning',
    code: 'adr-link-dangling',
    message: `This names ${text}, but no such decision is listed. Correct the link or the number.`,
    relativePath: read.relativePath,
    line: link.line,
    column: 1,
  });
  return { text, relativePath: undefined };
}

function doubles(reads: readonly Read[]): Problem[] {
  const firsts = new Map<number, string>();
  return reads.flatMap(({ relativePath, facts }) => {
    if (facts.number === undefined) return [];
    const first = firsts.get(facts.number);
    if (first === undefined) firsts.set(facts.number, relativePath);
    if (first === undefined) return [];
    const message = `${first} has the number ${facts.number}, too. Give one of them another number.`;
    return [{ severity: 'warning', code: 'adr-number-twice', message, relativePath, line: 1, column: 1 }];
  });
}

/** A record that names the one it supersedes changes only half of what it means; the reader of the other is misled. */
function stale(reads: readonly Read[]): Problem[] {
  return reads.flatMap((read) =>
    read.facts.supersedes.flatMap((link): Problem[] => {
      const old = find(read.relativePath, link, reads);
      if (old === undefined || /^super[sc]ee?ded|^deprecated/i.test(old.facts.status ?? '')) return [];
      const message = `${read.relativePath} supersedes this decision, whose status is ${old.facts.status ?? 'missing'}. Set it to "superseded by" with a link.`;
      return [
        {
          severity: 'warning',
          code: 'adr-status-stale',
          message,
          relativePath: old.relativePath,
          line: 1,
          column: 1,
        },
      ];
    }),
  );
}

function notARecord(relativePath: string): Problem {
  const message =
    'This has neither a number nor a status, so it is not listed as a decision. Add one, or exclude the file.';
  return { severity: 'information', code: 'adr-not-a-record', message, relativePath, line: 1, column: 1 };
}
