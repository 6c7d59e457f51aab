import assert from 'node:assert/strict';
import { AtomicWriteError } from '../../src/atomic-write/index.ts';

/** Awaits an `AtomicWriteError` with these fields and a message that names the file, and gives it. */
export async function expectWriteError(
  promise: Promise<unknown>,
  expected: { readonly code: string; readonly step?: string; readonly retryable?: boolean },
): Promise<AtomicWriteError> {
  let error: unknown;
  try {
    await promise;
  } catch (caught) {
    error = caught;
  }
  assert.ok(error instanceof AtomicWriteError, `expected an AtomicWriteError, got ${String(error)}`);
  const { code, step, retryable } = error;
  assert.deepEqual({ code, step, retryable }, { step, retryable, ...expected });
  assert.match(error.message, /Can't write/);
  return error;
}
