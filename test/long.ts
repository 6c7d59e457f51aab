/** Runs the tests between processes at full length, such as 1,000 kills and 10,000 increments: `npm run test:long`. */
process.env['LONG_TESTS'] = '1';
process.argv.push('build', 'processes');
await import('./run.ts');
