/** Sweeps folders one after another and prints the results as JSON: `node sweepOnce.js <folder> …`. */
import { sweepTempFiles } from '../../src/atomic-write/index.ts';

const results = [];
for (const folder of process.argv.slice(2)) results.push(await sweepTempFiles(folder));
console.log(JSON.stringify(results));
