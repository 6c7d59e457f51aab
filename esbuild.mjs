/**
 * Builds what is published: the extension, the command-line tool, and the atomic-write module alone.
 *
 *   node esbuild.mjs                 production: minified, no source maps
 *   node esbuild.mjs --development   source maps, nothing minified
 *   node esbuild.mjs --watch         the same, again after each change
 *
 * The command-line tool is built WITHOUT `vscode` as an external: an import of the editor anywhere below `src/cli` or
 * `src/core` can't be resolved then, and the build fails. That is the layering wall that can't be forgotten.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';

const isWatch = process.argv.includes('--watch');
const isDevelopment = isWatch || process.argv.includes('--development');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/**
 * What few projects need is a file of its own, loaded on first use: the full parser, larger than all the rest, and the
 * language of templates.
 */
const lazyFiles = { '@babel/parser': './fullParser.cjs', liquidjs: './liquid.cjs' };
const lazyLibraries = {
  name: 'lazy-libraries',
  setup(build) {
    build.onResolve({ filter: /^(@babel\/parser|liquidjs)$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: lazyFiles[path], external: true } : undefined,
    );
  },
};

/** LiquidJS could read files by itself. Without these modules it can't, whatever a template or a mistake of ours asks. */
const withoutDisk = {
  name: 'without-disk',
  setup(build) {
    build.onResolve({ filter: /^(fs|module)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  // Some libraries' main file is a wrapper (UMD) that a bundler can't see through; their module file has no such thing.
  mainFields: ['module', 'main'],
  target: 'node20',
  minify: !isDevelopment,
  sourcemap: isDevelopment,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  define: { ATOMIC_INDEX_VERSION: JSON.stringify(version) },
};

const builds = [
  {
    ...common,
    entryPoints: ['src/extension/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
    plugins: [lazyLibraries],
  },
  {
    ...common,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.mjs',
    format: 'esm',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [lazyLibraries],
  },
  {
    ...common,
    // By name, so that an import from an ES module finds it too.
    stdin: { contents: "export { parse } from '@babel/parser';", resolveDir: '.' },
    outfile: 'dist/fullParser.cjs',
    format: 'cjs',
  },
  {
    ...common,
    stdin: { contents: "export { Liquid, filters } from 'liquidjs';", resolveDir: '.' },
    outfile: 'dist/liquid.cjs',
    format: 'cjs',
    plugins: [withoutDisk],
  },
  {
    ...common,
    entryPoints: ['src/atomic-write/index.ts'],
    outfile: 'dist/atomic-write.mjs',
    format: 'esm',
    minify: false,
  },
];

/** Declarations of the atomic-write module for programs that import it, and of the API for other extensions. */
function writeDeclarations() {
  // Types alone and without imports of ours: the file is its own declaration, for ES modules and for CommonJS.
  copyFileSync('src/core/publicApi.ts', 'dist/api.d.cts');
  const compiler = 'node_modules/typescript/bin/tsc';
  const args = ['-p', 'tsconfig.declarations.json'];
  execFileSync(process.execPath, [compiler, ...args], { stdio: 'inherit' });
  mkdirSync('dist/types', { recursive: true });
  for (const name of readdirSync('out/declarations')) {
    // The compiler leaves `.ts` in the paths of declarations, which other programs' compilers refuse.
    const text = readFileSync(`out/declarations/${name}`, 'utf8').replaceAll(
      /(from '\.\/\w+)\.ts'/g,
      "$1.js'",
    );
    writeFileSync(`dist/types/${name}`, text);
  }
  // Two names: by `exports` the compiler is sent to the first, from the path of the `.mjs` it looks for the second.
  for (const name of ['atomic-write.d.ts', 'atomic-write.d.mts']) {
    writeFileSync(`dist/${name}`, "export * from './types/index.js';\n");
  }
}

// Nothing is removed first: an editor that runs from here would find its extension gone for a moment.
mkdirSync('dist', { recursive: true });
if (isWatch) {
  const contexts = await Promise.all(builds.map((build) => esbuild.context({ ...build, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  chmodSync('dist/cli.mjs', 0o755);
  writeDeclarations();
  for (const { metafile } of results) {
    for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
      if (!file.endsWith('.map'))
        console.log(`${file.padEnd(24)} ${(bytes / 1000).toFixed(1).padStart(7)} kB`);
    }
  }
}
