/** A run of `*`, `_` or `~`, the characters at both of its sides, and the piece of text that holds it. */
export type Delimiter = {
  readonly character: string;
  readonly length: number;
  readonly before: string;
  readonly after: string;
  readonly piece: number;
};

type OpenRun = Delimiter & { left: number };

/** Takes the delimiters that mark emphasis out of the pieces, after CommonMark's rules, and leaves the others. */
export function matchEmphasis(delimiters: readonly Delimiter[], pieces: string[]): void {
  const open: OpenRun[] = [];
  for (const delimiter of delimiters) {
    const run: OpenRun = { ...delimiter, left: delimiter.length };
    const { opens, closes } = flanking(delimiter);
    if (closes) closeAll(run, opens, open, pieces);
    pieces[run.piece] = run.character.repeat(run.left);
    if (opens && run.left > 0) open.push(run);
  }
}

function closeAll(closer: OpenRun, opens: boolean, open: OpenRun[], pieces: string[]): void {
  while (closer.left > 0) {
    const index = open.findLastIndex((run) => canPair(run, closer, opens));
    const opener = open[index];
    if (opener === undefined) return;
    const used = closer.character === '~' ? closer.left : Math.min(opener.left, closer.left);
    opener.left -= used;
    closer.left -= used;
    pieces[opener.piece] = opener.character.repeat(opener.left);
    open.length = opener.left > 0 ? index + 1 : index;
  }
}

function canPair(opener: OpenRun, closer: OpenRun, closerOpens: boolean): boolean {
  if (opener.character !== closer.character) return false;
  if (closer.character === '~') return opener.left === closer.left && closer.left <= 2;
  const isBothWays = closerOpens || flanking(opener).closes;
  const isThird = (opener.length + closer.length) % 3 === 0 && opener.length % 3 !== 0;
  return !(isBothWays && isThird);
}

function flanking({ character, before, after }: Delimiter): { opens: boolean; closes: boolean } {
  const leftFlanking = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before));
  const rightFlanking =
    !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after));
  if (character !== '_') return { opens: leftFlanking, closes: rightFlanking };
  return {
    opens: leftFlanking && (!rightFlanking || isPunctuation(before)),
    closes: rightFlanking && (!leftFlanking || isPunctuation(after)),
  };
}

function isSpace(character: string): boolean {
  return /^\s$/.test(character);
}

function isPunctuation(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}
