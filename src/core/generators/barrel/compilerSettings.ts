import picomatch from 'picomatch';
import { resolvePath } from '../relativePath.ts';
import { type CompilerSettings, type ConfigText, parseConfig, type RawConfig } from './configText.ts';

export type SettingsReading = {
  /** `null` when no folder on the way up has settings. */
  readonly settings: CompilerSettings | null;
  /** Where they stand, relative to the root. */
  readonly relativePath: string | null;
  /** Files that have to be read first; what is known is then only a part. */
  readonly wanted: readonly string[];
  /** What the settings name and nobody can read. */
  readonly missing: readonly string[];
};

/** Extending and referring to files may go in circles. */
const maxDepth = 8;

/**
 * Reads the settings that TypeScript would use for a file: those of the nearest `tsconfig.json` (or `jsconfig.json`),
 * with what they extend, or of the project that they refer to.
 * https://www.typescriptlang.org/tsconfig/#extends, https://www.typescriptlang.org/docs/handbook/project-references.html
 */
export function readCompilerSettings(output: string, text: ConfigText): SettingsReading {
  const reader = new SettingsReader(text);
  const isScript = /\.[cm]?jsx?$/i.test(output);
  for (const folder of foldersUp(output)) {
    for (const name of isScript ? ['tsconfig.json', 'jsconfig.json'] : ['tsconfig.json']) {
      const relativePath = folder + name;
      const config = reader.read(relativePath);
      if (config === 'wanted') return reader.reading(null, null);
      if (config === null) continue;
      const settings = reader.settingsFor(output, relativePath, config, 0);
      return reader.reading(settings, relativePath);
    }
  }
  return reader.reading(null, null);
}

/** The folders from a file's own up to the root, each with a slash behind, the root as the empty string. */
export function foldersUp(relativePath: string): string[] {
  const parts = relativePath.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, i) =>
    parts
      .slice(0, parts.length - i)
      .map((part) => `${part}/`)
      .join(''),
  );
}

class SettingsReader {
  readonly #text: ConfigText;
  readonly #wanted: string[] = [];
  readonly #missing: string[] = [];

  constructor(text: ConfigText) {
    this.#text = text;
  }

  reading(settings: CompilerSettings | null, relativePath: string | null): SettingsReading {
    return { settings, relativePath, wanted: this.#wanted, missing: this.#missing };
  }

  read(relativePath: string): RawConfig | 'wanted' | null {
    const text = this.#text(relativePath);
    if (text === undefined) {
      this.#wanted.push(relativePath);
      return 'wanted';
    }
    if (text === null) return null;
    const config = parseConfig(text);
    if (config === null) this.#missing.push(relativePath);
    return config ?? {};
  }

  /** The settings of a file's project: these, or where these only refer to others, those of the one that has the file. */
  settingsFor(output: string, relativePath: string, config: RawConfig, depth: number): CompilerSettings {
    const own = this.#withBases(relativePath, config, depth);
    if (config.references === undefined || depth > maxDepth || includes(config, relativePath, output))
      return own;
    for (const reference of config.references) {
      const path = resolvePath(relativePath, reference);
      const candidates = /\.json$/i.test(path)
        ? [path]
        : [path === '' ? 'tsconfig.json' : `${path}/tsconfig.json`];
      const found = this.#firstOf(candidates);
      if (found === 'wanted') return own;
      if (found === null || !includes(found.config, found.relativePath, output)) continue;
      return this.settingsFor(output, found.relativePath, found.config, depth + 1);
    }
    return own;
  }

  #withBases(relativePath: string, config: RawConfig, depth: number): CompilerSettings {
    let settings: CompilerSettings = {};
    if (depth > maxDepth) return settings;
    for (const base of config.bases ?? []) {
      const found = this.#firstOf(placesOf(base, relativePath));
      if (found === 'wanted') return settings;
      if (found === null) this.#missing.push(base);
      else settings = { ...settings, ...this.#withBases(found.relativePath, found.config, depth + 1) };
    }
    return { ...settings, ...config.settings };
  }

  #firstOf(
    relativePaths: readonly string[],
  ): { readonly relativePath: string; readonly config: RawConfig } | 'wanted' | null {
    for (const relativePath of relativePaths) {
      const config = this.read(relativePath);
      if (config === 'wanted') return 'wanted';
      if (config !== null) return { relativePath, config };
    }
    return null;
  }
}

/** Where a file that `extends` names may stand: beside, or in a package on the way up. */
function placesOf(base: string, from: string): string[] {
  if (/^\.\.?(?:\/|$)/.test(base)) {
    const path = resolvePath(from, base);
    return /\.json$/i.test(path) ? [path] : [`${path}.json`, path];
  }
  return foldersUp(from).flatMap((folder) => {
    const path = `${folder}node_modules/${base}`;
    return /\.json$/i.test(path) ? [path] : [`${path}/tsconfig.json`, `${path}.json`];
  });
}

/** Tells whether a project's `files` and `include` have a file; without both it has all in its folder. */
function includes(config: RawConfig, relativePath: string, output: string): boolean {
  const { files, include } = config;
  if (files?.some((file) => resolvePath(relativePath, file) === output) === true) return true;
  const globs = include ?? (files === undefined ? ['**/*'] : []);
  return globs.some((glob) => {
    const pattern = resolvePath(relativePath, glob);
    // A folder without a glob stands for all in it, as `src` for `src/**/*`.
    return picomatch.isMatch(output, [pattern, pattern === '' ? '**/*' : `${pattern}/**/*`]);
  });
}
