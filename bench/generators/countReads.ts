import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import * as path from 'node:path';

// Loaded into a program before it starts (`--import`); says at its end how many files of a folder it has opened to read.
const answer = process.env['BENCH_READS'] ?? '';
const folder = process.env['BENCH_FOLDER'] ?? '';
const filesRead = new Set<string>();
const write = fs.writeFileSync;

/** The first argument names the file; of those that open, the second says for what. */
const reading: readonly (readonly [object, readonly string[]])[] = [
  [fs, ['open', 'openSync', 'readFile', 'readFileSync', 'createReadStream']],
  [fs.promises, ['open', 'readFile']],
];
for (const [api, names] of reading) {
  for (const name of names) {
    const original: unknown = Reflect.get(api, name);
    if (typeof original !== 'function') continue;
    Reflect.set(api, name, function (this: unknown, ...args: unknown[]): unknown {
      const [file, flags] = args;
      const isReading = !name.startsWith('open') || typeof flags !== 'string' || flags.startsWith('r');
      const absolute = typeof file === 'string' ? path.resolve(file) : '';
      if (isReading && absolute.startsWith(folder + path.sep)) filesRead.add(absolute);
      return Reflect.apply(original, this, args);
    });
  }
}
syncBuiltinESMExports();
process.on('exit', () => write(answer, String(filesRead.size)));
