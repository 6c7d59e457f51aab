import { hasText } from '../core/conflicts.ts';
import { positionsOf } from '../core/project/position.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import { mayHaveHeader } from '../core/provenance.ts';
import { findBlocks } from '../core/regions/findBlocks.ts';
import { keyOf } from '../core/regions/twins.ts';
import type { Outcome, Problem, Report, Target, TargetReport } from '../core/types.ts';

/** Something to be shown at a line, for programs that show findings of many tools. */
export type Finding = Problem & { readonly line: number };

/**
 * Gives all that a report finds fault with, each at a line that is there: problems, conflicts and failed targets, and in
 * mode `check` what is out of date. What makes the command fail is an error. Where the output can't be pointed at, the
 * entry in the project file is, whose text is `projectText`.
 */
export function findingsOf(report: Report, projectText: string): readonly Finding[] {
  const said = new Set(report.problems.map(({ message }) => message));
  const found = report.problems.map(atLine);
  const ofTargets = report.targets.flatMap((one) => {
    const finding = ofTarget(one, report, projectText);
    // The problem of a source often is the reason of a failure as well.
    return finding === null || said.has(finding.message) ? [] : [finding];
  });
  return [...found, ...ofTargets];
}

/** Gives a problem a place that every reader takes: from a line on, and to no end before its start. */
function atLine({ line, column, endLine = line, endColumn, ...rest }: Problem): Finding {
  if (line === undefined || endLine === undefined) return { ...rest, line: 1 };
  if (column === undefined) return { ...rest, line, endLine: Math.max(line, endLine) };
  const isOrdered = endLine > line || (endLine === line && endColumn !== undefined && endColumn >= column);
  return { ...rest, line, column, ...(isOrdered && endColumn !== undefined ? { endLine, endColumn } : {}) };
}

function ofTarget({ target, outcome }: TargetReport, { mode }: Report, projectText: string): Finding | null {
  const error = (code: string, message: string, place: Place): Finding => {
    return { severity: 'error', code, message, ...place };
  };
  switch (outcome.kind) {
    case 'conflict':
      return error(
        `conflict-${outcome.reason}`,
        outcome.message,
        hasText(outcome.reason)
          ? { relativePath: target.output, line: lineOfRegion(target, outcome.oldText) }
          : entryOf(target, projectText),
      );
    case 'failed':
      return error('failed', outcome.message, entryOf(target, projectText));
    case 'created':
    case 'updated':
      return mode === 'write'
        ? null
        : error('out-of-date', outOfDate(target, outcome), placeOf(target, outcome, projectText));
    case 'unchanged':
    case 'skipped':
      return null;
    default:
      return outcome satisfies never;
  }
}

type Place = Pick<Finding, 'relativePath' | 'line'>;
type Change = Extract<Outcome, { kind: 'created' | 'updated' }>;

function outOfDate(target: Target, { kind }: Change): string {
  const state = kind === 'created' ? 'does not exist yet' : 'is not up to date';
  return `${keyOf(target)} ${state}. Run "atomic-index regenerate", and commit what it writes.`;
}

function placeOf(target: Target, { oldText, newText }: Change, projectText: string): Place {
  if (oldText === null) return entryOf(target, projectText);
  return { relativePath: target.output, line: firstChange(oldText, newText) };
}

/** The first line of the old text that the new one doesn't have there. The header's checksum always differs. */
function firstChange(oldText: string, newText: string): number {
  const newLines = newText.split(lineEnd);
  const oldLines = oldText.split(lineEnd);
  const index = oldLines.findIndex((line, at) => line !== newLines[at] && !mayHaveHeader(line));
  return index === -1 ? oldLines.length : index + 1;
}

const lineEnd = /\r\n|\r|\n/;

function entryOf({ output, region, range }: Target, projectText: string): Place {
  if (region?.line !== undefined) return { relativePath: output, line: region.line };
  return { relativePath: projectFileName, ...positionsOf(projectText, range) };
}

function lineOfRegion({ output, region }: Target, text: string): number {
  if (region === undefined) return 1;
  return findBlocks(Buffer.from(text), output).blocks.find(({ id }) => id === region.id)?.line ?? 1;
}
