import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

export type SuiteCounts = {
  readonly passed: number;
  readonly failed: number;
  readonly pending: readonly string[];
};

/** Prints like `spec` and writes the counts to the file that `TEST_COUNTS` names. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const pending: string[] = [];
    runner.on('pending', (test: Mocha.Test) => pending.push(test.fullTitle()));
    runner.once('end', () => {
      const file = process.env['TEST_COUNTS'];
      if (file === undefined) return;
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      const counts: SuiteCounts = { passed: passes, failed: failures, pending };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
