import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { logStep, runNpm, runProgram } from './runProgram.ts';

/** The npm packages an offline host is made of. */
export interface Recipe {
  readonly codeServer: string;
  readonly node: string;
}

// Raise this number whenever the steps below change, so that folders made by older steps are not used.
export const recipeNumber = 1;

/** The recipe of each VS Code version that has an offline host. */
export const recipes: Readonly<Record<string, Recipe>> = {
  '1.100.3': { codeServer: '4.100.3', node: '20.20.2' },
  '1.139.1': { codeServer: '4.139.1', node: '24.21.0' },
};

// All of these load lazily or not at all in a test host; they are large, or need system libraries to build.
const unneededDependencies = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/deviceid',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/vsce-sign',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'node-pty',
  'ssh2',
  'zod',
];
const unneededExtensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];
// Without spdlog there are no log files. The other modules with native code bring it prebuilt, or need none on Linux.
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/** Builds an offline host in an empty folder, printing one line a step. */
export async function installInto(folder: string, version: string, recipe: Recipe): Promise<void> {
  const vscode = path.join(folder, 'vscode');
  const nodeRoot = path.join(folder, 'node');
  const installArgs = ['install', '--ignore-scripts', '--no-save'];

  logStep(version, `node ${recipe.node}: downloading`);
  await writePackageJson(nodeRoot);
  await runNpm(version, [...installArgs, `node-linux-${process.arch}@${recipe.node}`], { cwd: nodeRoot });

  logStep(version, `code-server ${recipe.codeServer}: downloading and unpacking`);
  await runNpm(version, ['pack', `code-server@${recipe.codeServer}`, '--silent'], { cwd: folder });
  const tarball = path.join(folder, `code-server-${recipe.codeServer}.tgz`);
  await runProgram('tar', ['-xzf', tarball, '--strip-components=2', 'package/lib/vscode'], { cwd: folder });
  await rm(tarball);
  for (const name of unneededExtensions) {
    await rm(path.join(vscode, 'extensions', name), { recursive: true, force: true });
  }

  logStep(version, 'dependencies: downloading');
  await removeUnneededDependencies(path.join(vscode, 'package.json'));
  await runNpm(version, ['install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'], { cwd: vscode });

  logStep(version, 'native modules: building');
  await buildNativeModules(version, vscode, nodeFolder(folder));

  logStep(version, 'ripgrep');
  await provideRipgrep(version, folder, vscode);
}

/** Returns the folder of the npm package of Node inside a host's folder. */
export function nodeFolder(folder: string): string {
  return path.join(folder, 'node', 'node_modules', `node-linux-${process.arch}`);
}

// npm installs into the nearest folder above that has a package.json, so each folder gets one of its own.
async function writePackageJson(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
}

async function removeUnneededDependencies(file: string): Promise<void> {
  const content: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (typeof content !== 'object' || content === null || !('dependencies' in content)) {
    throw new Error(`${file} has no dependencies.`);
  }
  const kept = Object.entries(content.dependencies ?? {}).filter(
    ([name]) => !unneededDependencies.includes(name),
  );
  const changed = { ...content, dependencies: Object.fromEntries(kept) };
  await writeFile(file, `${JSON.stringify(changed, undefined, 2)}\n`);
}

async function buildNativeModules(version: string, vscode: string, node: string): Promise<void> {
  const present = nativeModules.filter((name) => existsSync(path.join(vscode, 'node_modules', name)));
  // The npm package of Node holds the C headers too, so nothing is downloaded for them.
  const env = {
    ...process.env,
    npm_config_nodedir: node,
    PATH: `${path.join(node, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
  };
  await runNpm(version, ['rebuild', ...present], { cwd: vscode, env });
}

async function provideRipgrep(version: string, folder: string, vscode: string): Promise<void> {
  const platform = `linux-${process.arch}`;
  const universal = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  if (existsSync(universal)) {
    for (const name of await readdir(universal)) {
      if (name !== platform) await rm(path.join(universal, name), { recursive: true, force: true });
    }
    return;
  }
  // Older versions use a package whose install script downloads the program; take it from the newer package instead.
  const scratch = path.join(folder, 'ripgrep');
  await writePackageJson(scratch);
  await runNpm(version, ['install', '--ignore-scripts', '--no-save', '@vscode/ripgrep-universal@1.18.0'], {
    cwd: scratch,
  });
  const target = path.join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin', 'rg');
  await mkdir(path.dirname(target), { recursive: true });
  const source = path.join(scratch, 'node_modules', '@vscode', 'ripgrep-universal', 'bin', platform, 'rg');
  await copyFile(source, target);
  await chmod(target, 0o755);
  await rm(scratch, { recursive: true, force: true });
}
