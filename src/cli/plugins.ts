import { createRequire } from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { registerGenerator } from '../core/generators/registry.ts';
import { pluginsOf } from '../core/project/loadProject.ts';
import { projectFileName } from '../core/project/projectFileName.ts';

/** A plugin can't be loaded, or is none; the message is ready for display. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
}

let hasLoaded = false;

/** Tells whether code of plugins has run in this process. */
export function hasLoadedPlugins(): boolean {
  return hasLoaded;
}

/**
 * Loads the packages that the project file names under `plugins` and registers their generators. This runs code that
 * the project chose: only for who asked for it with `--allow-plugins`.
 *
 * A package is found as `require` finds it from the project's folder
 * (https://nodejs.org/docs/latest-v20.x/api/modules.html#all-together), and may be an ES module or a CommonJS one.
 * @throws {PluginError}
 */
export async function loadPlugins(absoluteRoot: string): Promise<void> {
  // A project file that can't be read is told of by the run itself.
  const names = await pluginsOf(absoluteRoot).catch(() => []);
  for (const name of names) {
    hasLoaded = true;
    for (const generator of generatorsOf(name, await load(name, absoluteRoot))) {
      try {
        registerGenerator(generator);
      } catch (error) {
        throw new PluginError(`The plugin "${name}" can't be used. ${reasonOf(error)}`);
      }
    }
  }
}

async function load(name: string, absoluteRoot: string): Promise<unknown> {
  try {
    const file = createRequire(path.join(absoluteRoot, projectFileName)).resolve(name);
    if (!path.isAbsolute(file)) throw new Error('this is the name of a module of Node');
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const [reason = ''] = reasonOf(error).split('\n');
    const next = `Install it in ${absoluteRoot} (npm install --save-dev ${name}), or take it out of "plugins".`;
    throw new PluginError(`The plugin "${name}" can't be loaded: ${reason.replace(/\.$/, '')}. ${next}`);
  }
}

/** Of a CommonJS module, Node gives what it exports as the default, and by name only what it can guess. */
function generatorsOf(name: string, loaded: unknown): readonly unknown[] {
  const own = memberOf(loaded, 'generators') ?? memberOf(memberOf(loaded, 'default'), 'generators');
  if (Array.isArray(own)) return own;
  throw new PluginError(
    `The plugin "${name}" has no list "generators" among its exports. It is made for something else, or for another version; take it out of "plugins".`,
  );
}

function memberOf(value: unknown, key: string): unknown {
  const hasMembers = typeof value === 'function' || (typeof value === 'object' && value !== null);
  return hasMembers ? Reflect.get(value, key) : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
