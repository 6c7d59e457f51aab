/**
 * Gives the usual number of repetitions, or the long one when LONG_TESTS is set, as by `npm run test:long`: some tests
 * prove more the longer they run.
 */
export function howOften(usual: number, long: number): number {
  return process.env['LONG_TESTS'] === undefined ? usual : long;
}
