import { regenerate } from '../../src/core/regenerate.ts';

/** Regenerates the folder that is named on the command line, in this process's own locale, and tells what happened. */
const report = await regenerate({
  absoluteRoot: process.argv[2] ?? '',
  mode: 'write',
  triggers: [{ kind: 'cli', relativePaths: 'all' }],
});
const outcomes = report.targets.map(({ target, outcome }) => ({ output: target.output, kind: outcome.kind }));
const errors = report.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
const { locale } = Intl.DateTimeFormat().resolvedOptions();
process.stdout.write(JSON.stringify({ outcomes, errors, locale }));
