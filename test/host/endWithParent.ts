import { findOnPath } from './runProgram.ts';

/**
 * Makes a command that the kernel ends by SIGTERM when the process that started it dies, however it dies (PR_SET_PDEATHSIG
 * of man 2 prctl, by setpriv of util-linux). Where there is no setpriv it is the command as it was.
 */
export function endWithParent(program: string, args: readonly string[]): readonly [string, string[]] {
  const setpriv = process.platform === 'linux' ? findOnPath('setpriv') : undefined;
  return setpriv === undefined
    ? [program, [...args]]
    : [setpriv, ['--pdeathsig', 'TERM', '--', program, ...args]];
}
