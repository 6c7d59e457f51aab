/** Plays many rounds of each scenario with a thousand pages: `npm run test:windows-long`. */
import { runWindows } from '../suites/windowSuites.ts';
import { repositoryFile } from '../support/repository.ts';

const folder = repositoryFile('test-results', 'windows-long');
const { passed, failed } = await runWindows(repositoryFile('out', 'windows-long.json'), {
  ATOMIC_INDEX_WINDOWS_ROUNDS: process.env['ATOMIC_INDEX_WINDOWS_ROUNDS'] || '200',
  ATOMIC_INDEX_WINDOWS_PAGES: process.env['ATOMIC_INDEX_WINDOWS_PAGES'] || '1000',
  ATOMIC_INDEX_WINDOWS_MAX_FAILURES: process.env['ATOMIC_INDEX_WINDOWS_MAX_FAILURES'] || '5',
  ATOMIC_INDEX_WINDOWS_RESULTS: 'windows-long',
});
console.log(`\n${passed} scenarios passed, ${failed} failed; see ${folder}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
