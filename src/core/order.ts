/**
 * Compares two relative paths part by part, by code point, with runs of ASCII digits compared as numbers. A total
 * order: 0 only for equal strings, the same on every system and in every locale.
 */
export function comparePaths(left: string, right: string): number {
  // Decides between two parts that are equal but for leading zeros, so that '01' and '1' never take turns.
  let tie = 0;
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const leftUnit = left.charCodeAt(i);
    const rightUnit = right.charCodeAt(j);
    if (isDigit(leftUnit) && isDigit(rightUnit)) {
      const leftRun = digitRun(left, i);
      const rightRun = digitRun(right, j);
      const difference = compareRuns(left, leftRun, right, rightRun);
      if (difference !== 0) return difference;
      tie ||= leftRun.zeros - rightRun.zeros;
      i = leftRun.end;
      j = rightRun.end;
      continue;
    }
    if (leftUnit !== rightUnit) return rank(leftUnit) - rank(rightUnit);
    if (leftUnit === slash && tie !== 0) return tie;
    i++;
    j++;
  }
  const leftHasMore = i < left.length;
  const rightHasMore = j < right.length;
  if (!leftHasMore && !rightHasMore) return tie;
  const nextUnit = leftHasMore ? left.charCodeAt(i) : right.charCodeAt(j);
  if (nextUnit === slash && tie !== 0) return tie;
  return leftHasMore ? 1 : -1;
}

const slash = 0x2f;

type DigitRun = { readonly zeros: number; readonly start: number; readonly end: number };

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function digitRun(text: string, from: number): DigitRun {
  let start = from;
  while (text.charCodeAt(start) === 0x30) start++;
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return { zeros: start - from, start, end };
}

/** Compares by length, then digit by digit: no number type holds a run of any length. */
function compareRuns(left: string, leftRun: DigitRun, right: string, rightRun: DigitRun): number {
  const lengths = leftRun.end - leftRun.start - (rightRun.end - rightRun.start);
  if (lengths !== 0) return lengths;
  for (let k = 0; leftRun.start + k < leftRun.end; k++) {
    const difference = left.charCodeAt(leftRun.start + k) - right.charCodeAt(rightRun.start + k);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Puts the end of a part before everything else, and astral characters above U+E000..U+FFFF as UTF-16 does not. */
function rank(unit: number): number {
  if (unit === slash) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
