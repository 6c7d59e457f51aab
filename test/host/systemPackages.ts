import { existsSync } from 'node:fs';
import { findOnPath, logStep, runProgram } from './runProgram.ts';

/** Returns the path of a Chromium browser, installing the Debian package when that is possible; else says what to do. */
export async function findBrowser(): Promise<string> {
  const configured = process.env['ATOMIC_INDEX_CHROMIUM'];
  if (configured) {
    if (!existsSync(configured))
      throw new Error(`ATOMIC_INDEX_CHROMIUM names ${configured}, which does not exist.`);
    return configured;
  }
  const found = lookForBrowser();
  if (found) return found;
  await installDebianPackages(
    ['chromium'],
    'Install Chromium, or set ATOMIC_INDEX_CHROMIUM to the path of a Chromium or Chrome program.',
  );
  const installed = lookForBrowser();
  if (!installed) throw new Error('Chromium was installed, but no chromium program is on PATH.');
  return installed;
}

/** Makes sure that a C++ compiler, make and Python are there; rejects with the names to install when they are not. */
export async function ensureBuildTools(): Promise<void> {
  const missing = ['g++', 'make', 'python3'].filter((program) => !findOnPath(program));
  if (missing.length > 0) {
    await installDebianPackages(missing, 'They build the native modules of the offline VS Code host.');
  }
}

function lookForBrowser(): string | undefined {
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  return ['chromium', 'chromium-browser', 'google-chrome']
    .map(findOnPath)
    .find((found) => found !== undefined);
}

async function installDebianPackages(names: readonly string[], advice: string): Promise<void> {
  const canInstall = process.getuid?.() === 0 && findOnPath('apt-get') !== undefined;
  if (!canInstall) {
    throw new Error(`Missing on this machine: ${names.join(', ')}. ${advice}`);
  }
  logStep('system', `apt-get install ${names.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update'], { env });
  await runProgram('apt-get', ['install', '-y', ...names], { env });
}
