import * as path from 'node:path';
import { AtomicWriteError, atomicWriteBytes, atomicWriteText } from '../../atomic-write/index.ts';
import { isOverwritable } from '../conflicts.ts';
import { projectFileName } from '../project/projectFileName.ts';
import { keyOf } from '../regions/twins.ts';
import { readBytesOrNull } from '../scan/readText.ts';
import type { Report } from '../types.ts';
import { type HandOver, handOver } from './handOver.ts';

/** `done` names the files that were written. Ready for display. */
export type HandOverResult = { readonly done: readonly string[] } | { readonly refusal: string };

/**
 * Hands over the output of a target that a report finds in conflict, and writes the changed files. The output goes
 * first: a crash in between leaves it without header or with markers, which the next run only reports.
 * Throws only for bugs: what can't be written is a refusal.
 */
export async function handOverOnDisk(report: Report, key: string, how: HandOver): Promise<HandOverResult> {
  const found = report.targets.find(({ target }) => keyOf(target) === key);
  if (found === undefined) return { refusal: `No target has the output ${key}.` };
  const { target, outcome } = found;
  if (outcome.kind === 'conflict' && how === 'but-region' && !isOverwritable(outcome.reason))
    return { refusal: outcome.message };
  if (outcome.kind !== 'conflict')
    return { refusal: `${key} is not in conflict, so there is nothing to decide.` };
  const absoluteProject = path.join(report.absoluteRoot, projectFileName);
  const absoluteOutput = path.join(report.absoluteRoot, target.output);
  const project = await readBytesOrNull(absoluteProject);
  // What is no text of ours has no header or markers either.
  const output = isOverwritable(outcome.reason) ? await readBytesOrNull(absoluteOutput) : null;
  const projectText = project === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(project);
  const changes = handOver({ how, target, projectText, bytes: output, newText: outcome.newText });
  if ('refusal' in changes) return changes;
  const done: string[] = [];
  try {
    if (changes.bytes !== null) {
      await atomicWriteBytes(absoluteOutput, changes.bytes, { expected: output ?? 'absent' });
      done.push(target.output);
    }
    if (changes.projectText !== null) {
      await atomicWriteText(absoluteProject, changes.projectText, { expected: project ?? 'absent' });
      done.push(projectFileName);
    }
  } catch (error) {
    if (!(error instanceof AtomicWriteError)) throw error;
    return {
      refusal: `${error.message}. ${done.length === 0 ? 'Nothing' : `Only ${done.join()}`} was written.`,
    };
  }
  return { done };
}
