/**
 * Writes once under each of many faults, and once more without: `node faultCells.js <folder> <log>`, under the fault
 * layer. Reads cells as JSON from its input, prints what became of them as JSON.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  AtomicFile,
  AtomicWriteError,
  type AtomicWriteOptions,
  atomicWriteText,
  type WriteResult,
} from '../../src/atomic-write/index.ts';
import { type Fault, setFaults } from '../support/faultLayer.ts';
import { leftoversIn } from '../support/leftovers.ts';

/** How a cell writes. Those that overwrite begin with an old file, the others with none. */
export type Way =
  | 'overwrite'
  | 'overwrite a file of another owner'
  | 'create'
  | 'create exclusively'
  | 'create where absent'
  | 'create in new folders'
  | 'stream';

export type CellInput = {
  readonly way: Way;
  readonly faults: readonly Fault[];
  readonly options: AtomicWriteOptions;
};

export type CellError = {
  readonly name: string;
  readonly step: string;
  readonly code: string;
  readonly retryable: boolean;
  readonly path: string;
  readonly message: string;
};

export type CellResult = {
  readonly file: string;
  readonly error: CellError | null;
  readonly result: WriteResult | null;
  readonly content: 'old' | 'new' | 'absent' | 'torn';
  readonly leftovers: readonly string[];
  /** System calls in their order; a faulty one ends in ` !`. */
  readonly calls: readonly string[];
  /** What the same call says afterwards, without faults. */
  readonly again: { readonly error: CellError | null; readonly content: CellResult['content'] };
};

const oldText = 'old '.repeat(3000);
const pieces = ['new '.repeat(2000), 'news '.repeat(2000), 'newest '.repeat(2000)];
const newText = pieces.join('');

function stateOf(file: string): CellResult['content'] {
  if (!fs.existsSync(file)) return 'absent';
  const text = fs.readFileSync(file, 'utf8');
  return text === oldText ? 'old' : text === newText ? 'new' : 'torn';
}

async function writeBy(way: Way, file: string, options: AtomicWriteOptions): Promise<WriteResult> {
  if (way === 'create exclusively') return atomicWriteText(file, newText, { ...options, exclusive: true });
  if (way === 'create where absent')
    return atomicWriteText(file, newText, { ...options, expected: 'absent' });
  if (way !== 'stream') return atomicWriteText(file, newText, options);
  await using handle = await AtomicFile.open(file, options);
  for (const piece of pieces) await handle.write(piece);
  return await handle.commit();
}

async function attempt(
  way: Way,
  file: string,
  options: AtomicWriteOptions,
): Promise<{ result: WriteResult | null; error: CellError | null }> {
  try {
    return { result: await writeBy(way, file, options), error: null };
  } catch (error) {
    if (!(error instanceof AtomicWriteError)) throw error;
    const { name, step, code, retryable, message } = error;
    return { result: null, error: { name, step, code, retryable, path: error.path, message } };
  }
}

/** Each cell has the folder to itself. */
async function runCell(
  { way, faults, options }: CellInput,
  folder: string,
  log: string,
): Promise<CellResult> {
  const file = path.join(folder, way === 'create in new folders' ? 'new/er/a.txt' : 'a.txt');
  if (way === 'stream' || way.startsWith('overwrite')) {
    fs.writeFileSync(file, oldText);
    // One that no temp file can be born with, so that the step that sets it is there.
    fs.chmodSync(file, 0o640);
  }
  if (way === 'overwrite a file of another owner') fs.chownSync(file, 1234, 5678);
  fs.truncateSync(log);
  setFaults(faults);
  const { result, error } = await attempt(way, file, options);
  setFaults([]);
  const calls = fs.readFileSync(log, 'utf8').split('\n').filter(Boolean);
  const content = stateOf(file);
  const leftovers = leftoversIn(folder);
  // What creates can't do so twice.
  if (content === 'new' && way.startsWith('create')) fs.rmSync(file);
  const second = await attempt(way, file, options);
  const again = { error: second.error, content: stateOf(file) };
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
  return { file, error, result, content, leftovers, calls, again };
}

const [folder = '', log = ''] = process.argv.slice(2);
const cells: readonly CellInput[] = JSON.parse(fs.readFileSync(0, 'utf8'));
const results: CellResult[] = [];
// An error that escapes its promise ends this process with a code that is not 0.
for (const cell of cells) results.push(await runCell(cell, folder, log));
console.log(JSON.stringify(results));
