/** Writes one file and prints as JSON how that ended: `node writeOnce.js <path> <text> <options as JSON>`. */
import { AtomicWriteError, atomicWriteText } from '../../src/atomic-write/index.ts';

const [path = '', text = '', options = '{}'] = process.argv.slice(2);
try {
  const result = await atomicWriteText(path, text, JSON.parse(options));
  console.log(JSON.stringify({ result }));
} catch (error) {
  if (!(error instanceof AtomicWriteError)) throw error;
  const { step, code, retryable, message } = error;
  console.log(JSON.stringify({ error: { step, code, retryable, message } }));
}
