import { spawn } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import * as path from 'node:path';
import type { Problem } from '../types.ts';

/** When files last changed in git, and what kept us from knowing it of some or all. */
export type GitDates = {
  /** `YYYY-MM-DD` in UTC, by path relative to the folder. Files that were never committed are missing. */
  readonly dates: ReadonlyMap<string, string>;
  /** The message is ready for display; `relativePath` is the folder's. */
  readonly problem?: Pick<Problem, 'severity' | 'code' | 'message'>;
};

export type GitDatesRequest = {
  readonly absoluteRoot: string;
  readonly absoluteFolder: string;
  /** Relative to the folder. The process is ended as soon as it has named them all. */
  readonly relativePaths: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** How long git may take, in ms. Default 30,000. */
  readonly timeoutMs?: number;
};

/**
 * Asks git by one process for the day on which each file last changed by a commit. Never rejects but with the signal's
 * reason: without git, outside a repository and in a shallow clone the report has a problem, and dates are missing.
 */
export async function readGitDates(request: GitDatesRequest): Promise<GitDates> {
  request.signal?.throwIfAborted();
  const program = await findGit(request.absoluteRoot);
  if (program === null) {
    return unknown('there is no program git on the PATH. Install it, or take the days from front matter');
  }
  return ask(program, request);
}

/**
 * Whatever a repository's own configuration names to be run is switched off: a file system monitor, hooks, a pager, a
 * program to check signatures, and whatever a partial clone would fetch with (man git-config, man git).
 */
const argumentsBefore = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  '--literal-pathspecs',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.pager=cat',
    'core.sshCommand=false',
    'log.showSignature=false',
    'log.follow=false',
    'log.mailmap=false',
    'diff.external=',
    // A folder that looks like a bare repository may have come with the project, with a configuration of its own.
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

/** Commits newest first, each with its time and the files it changed; a merge only with what it changed by itself. */
const argumentsOfLog = [
  'log',
  '-z',
  '-c',
  // No path of a file begins with a slash here.
  '--format=/%ct %D',
  // What is left of the names of commits is whether history was cut off there.
  '--decorate=full',
  '--name-only',
  '--relative',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-show-signature',
  '--no-notes',
  '--no-color',
  '-O/dev/null',
  '--',
  '.',
];

async function ask(program: string, request: GitDatesRequest): Promise<GitDates> {
  const { absoluteFolder, relativePaths, signal, timeoutMs = 30_000 } = request;
  const dates = new Map<string, string>();
  const unsettled = new Set(relativePaths);
  const cutOff: string[] = [];
  const child = spawn(program, ['-C', absoluteFolder, ...argumentsBefore, ...argumentsOfLog], {
    // Not in the workspace: on Windows a program's libraries are looked for where it is started.
    cwd: path.dirname(program),
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
    timeout: timeoutMs,
    ...(signal === undefined ? {} : { signal }),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(0, 500);
  });
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      if (code === 0) resolve(null);
      else resolve(complaint.trim() || `it took longer than ${timeoutMs / 1000} seconds`);
    });
  });
  let commit = { date: '', isCutOff: false };
  let rest = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const tokens = `${rest}${chunk}`.split('\0');
    rest = tokens.pop() ?? '';
    for (const token of tokens) {
      const [, seconds, names = ''] = /^\n?\/(\d+) (.*)$/s.exec(token) ?? [];
      if (seconds !== undefined) {
        const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
        commit = { date, isCutOff: names.split(', ').includes('grafted') };
        continue;
      }
      const name = token.replace(/^\n/, '');
      if (!unsettled.delete(name)) continue;
      if (commit.isCutOff) cutOff.push(name);
      else dates.set(name, commit.date);
    }
    if (unsettled.size === 0) child.kill();
  }
  const failure = await ended;
  signal?.throwIfAborted();
  if (failure !== null && unsettled.size > 0) return { ...unknown(`git says: ${failure}`), dates };
  return cutOff.length === 0 ? { dates } : { dates, problem: shallow(cutOff) };
}

function unknown(reason: string): GitDates & { readonly problem: object } {
  const message = `The days of the last changes are not known, so they are left out: ${reason}.`;
  return { dates: new Map(), problem: { severity: 'warning', code: 'git-dates-unknown', message } };
}

function shallow(names: readonly string[]): Pick<Problem, 'severity' | 'code' | 'message'> {
  const [first = ''] = names;
  const which = names.length === 1 ? first : `${first} and ${names.length - 1} more`;
  const message = `This clone has only a part of the history, so the days of the last changes of ${which} are left out. Fetch all of it: git fetch --unshallow (in CI: a checkout with "fetch-depth: 0").`;
  return { severity: 'warning', code: 'git-history-cut-off', message };
}

/** The environment without git's own variables: in a hook they name the repository and index of the commit at work. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    // A partial clone would fetch what it lacks, by programs that its configuration names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** Finds git on the PATH by itself: never in the workspace, where a program of that name may be anybody's. */
async function findGit(absoluteRoot: string): Promise<string | null> {
  const isWindows = path.sep === '\\';
  const value = Object.entries(process.env).find(([name]) => /^path$/i.test(name))?.[1] ?? '';
  const root = await realpath(absoluteRoot).catch(() => absoluteRoot);
  for (const folder of value.split(path.delimiter).filter((name) => path.isAbsolute(name))) {
    const candidate = path.join(folder, isWindows ? 'git.exe' : 'git');
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    const landing = await realpath(candidate).catch(() => candidate);
    if (!isInside(candidate, root) && !isInside(landing, root)) return candidate;
  }
  return null;
}

function isInside(absolutePath: string, absoluteFolder: string): boolean {
  const relative = path.relative(absoluteFolder, absolutePath);
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}
