/** Runs in a thread: reads the outputs over and over and tells of every look that did not find a whole generated file. */
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { provenanceOf } from '../../src/core/provenance.ts';
import type { ReaderData, ReaderMessage } from './watchOutputs.ts';

const { files, mayBeMissing, isOver }: ReaderData = workerData;
const pauseMs = 2;
const seen = new Set<string>();
let reads = 0;

const tell = (message: ReaderMessage): void => parentPort?.postMessage(message);

function look(file: string, index: number): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // Whoever removes a file says so before.
    if (seen.has(file) && Atomics.load(mayBeMissing, index) === 0) {
      tell({ kind: 'bad', file, found: `${error}; now: ${statSync(file, { throwIfNoEntry: false })?.size}` });
    }
    return;
  }
  seen.add(file);
  reads++;
  const provenance = provenanceOf(text);
  if (provenance !== 'generated') tell({ kind: 'bad', file, found: `${provenance}: ${text.slice(0, 2000)}` });
}

parentPort?.on('message', () => tell({ kind: 'reads', reads }));
while (Atomics.load(isOver, 0) === 0) {
  files.forEach(look);
  await delay(pauseMs);
}
parentPort?.close();
