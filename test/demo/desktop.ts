import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { findOnPath } from '../host/runProgram.ts';
import { writeUserSettings } from '../host/settings.ts';
import { repositoryFolder } from '../support/repository.ts';
import { demoSettings } from './settings.ts';

/** Finds a desktop VS Code that can be shown on this machine. */
export function findDesktop(): string | undefined {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay) return undefined;
  const named = process.env['VSCODE_EXECUTABLE_PATH'];
  if (named && !existsSync(named))
    throw new Error(`VSCODE_EXECUTABLE_PATH names ${named}, which does not exist.`);
  return named || findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code');
}

/** Opens the folder in a desktop VS Code with nobody's settings and extensions, and waits until it is closed. */
export async function runInDesktop(
  executable: string,
  folder: string,
  scratch: string,
  outputs: readonly string[],
): Promise<void> {
  const userData = path.join(scratch, 'user-data');
  await writeUserSettings(path.join(userData, 'User', 'settings.json'), demoSettings);
  console.log(`Opening ${folder} in ${executable}.`);
  console.log('There, press F1 and run "Atomic Index: Regenerate All". Then change and save a page in docs.');
  console.log('This ends when you close the window.');
  const args = [
    folder,
    path.join(folder, 'docs', 'README.md'),
    `--extensionDevelopmentPath=${repositoryFolder}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${path.join(scratch, 'extensions')}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--new-window',
    // The `code` command would otherwise return at once and leave the window alone.
    '--wait',
    // As root the desktop program does not start otherwise.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  // A `.cmd` file is run by the shell, which splits what is not quoted.
  const needsShell = executable.endsWith('.cmd');
  const quote = (text: string) => (needsShell ? `"${text}"` : text);
  const child = spawn(quote(executable), args.map(quote), { stdio: 'ignore', shell: needsShell });
  const timer = setInterval(() => {
    if (!outputs.every((output) => existsSync(path.join(folder, output)))) return;
    clearInterval(timer);
    console.log('All files are there.');
  }, 200);
  try {
    await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
  } finally {
    clearInterval(timer);
  }
}
