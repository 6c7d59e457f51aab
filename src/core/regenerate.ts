import * as path from 'node:path';
import { type Holder, sharesVolume } from '../lock/index.ts';
import { finishKilledRuns } from './cleanUp.ts';
import { planTargets } from './plan.ts';
import { defaultMaxFiles, type LoadOptions, loadProject, type Project } from './project/loadProject.ts';
import { projectFileName } from './project/projectFileName.ts';
import { keyOf } from './regions/twins.ts';
import { createFormatText } from './run/formatText.ts';
import { type FormatterUse, leaveOutFormatted } from './run/formatterUse.ts';
import { regenerateTargets } from './run/regenerateTargets.ts';
import type { Program } from './run/targetRun.ts';
import { KnownFolders } from './scan/knownFolders.ts';
import type { Mode, Problem, Report, Trigger } from './types.ts';

export type RegenerateRequest = {
  /** The workspace folder that holds the project file. */
  readonly absoluteRoot: string;
  readonly mode: Mode;
  readonly triggers: readonly Trigger[];
  /** Outputs relative to the root, with `#` and the id for a region, that may be overwritten although they are in conflict: the user said so. */
  readonly overwrite?: 'all' | readonly string[];
  /** Tells whether an editor has unsaved changes of a file; asked before the scan and again right before the rename. */
  readonly isDirty?: (absolutePath: string) => boolean | Promise<boolean>;
  /** Shown to others who wait for this run. */
  readonly program?: Program;
  /**
   * When the last of the triggers came, by `process.hrtime.bigint()`; another run whose scan began after that is as good
   * as this one. Default: now.
   */
  readonly requestedAt?: bigint;
  /** How long to wait for another process at work on the same output, in ms. Default 30,000. */
  readonly lockTimeoutMs?: number;
  /** Whether processes of other hosts and containers are locked out too. Default `auto`. */
  readonly lockScope?: LockScope;
  /** A scan that finds more files stops and says so. Default 20,000. */
  readonly maxFilesPerScan?: number;
  /** Whether the formatters that the project file names may be run. Default `not-allowed`. */
  readonly formatters?: FormatterUse;
  /** How long a generator of another extension, or a formatter, may take for one target, in ms. Default 30,000. */
  readonly renderLimitMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Another process is at work on the output, and the run waits for it. */
  readonly onWait?: (output: string, holder: Holder | undefined) => void;
};

/** `host` locks by the kernel, `volume` by files too, `auto` chooses by what kind of folder it is. */
export type LockScope = 'auto' | 'host' | 'volume';

/** The folder in the root that holds the volume's locks. */
export const lockFolderName = '.atomic-index';

export type Progress = { readonly done: number; readonly total: number; readonly output: string };

/**
 * Brings the targets that the triggers touch up to date and says what happened. What can be expected to go wrong (a bad
 * project file, a conflict, a full disk, a cancelled run) is in the report; it throws only for bugs.
 */
export async function regenerate(request: RegenerateRequest): Promise<Report> {
  const startedAt = performance.now();
  const { absoluteRoot, mode, signal, triggers } = request;
  const maxFiles = request.maxFilesPerScan ?? defaultMaxFiles;
  const renderLimitMs = request.renderLimitMs ?? 30_000;
  const requestedAt = request.requestedAt ?? process.hrtime.bigint();
  // Before anything is compared: what a killed run had made final is to be found done.
  if (mode === 'write') await finishKilledRuns(absoluteRoot);
  const files = filesOf(triggers);
  const project = await loadOrNull(absoluteRoot, { maxFiles, files, signal, keepsBytes: true });
  const problems: Problem[] = project === null ? [] : [...project.problems];
  if (project?.text === null && project.targets.length + problems.length === 0) {
    problems.push(files.length === 0 ? noProjectFile : noRegion(files));
  }
  const planned = planTargets(project?.targets ?? [], triggers);
  const formatters = request.formatters ?? 'not-allowed';
  const { targets, problems: leftOut } = leaveOutFormatted(planned, project?.text ?? null, formatters, mode);
  problems.push(...leftOut);
  // A file with a region is written by hand, and listed like any other.
  const all = [...(project?.targets ?? []), ...(project?.absent ?? [])];
  const wholeFiles = all.filter(({ region }) => region === undefined);
  const outputs = new Set(wholeFiles.map((target) => target.output));
  let done = 0;
  const reports = await regenerateTargets(
    targets,
    {
      absoluteRoot,
      folders: new KnownFolders(absoluteRoot),
      seen: project?.seen ?? new Map(),
      mode,
      outputs,
      generators: new Set(wholeFiles.map(({ generator }) => generator)),
      isOverwriteAllowed: (target) =>
        request.overwrite === 'all' || (request.overwrite?.includes(keyOf(target)) ?? false),
      isDirty: request.isDirty ?? (() => false),
      program: request.program ?? { name: 'Atomic Index', version: '' },
      requestedAt,
      lockTimeoutMs: request.lockTimeoutMs ?? 30_000,
      volumeFolder: targets.length === 0 ? undefined : await volumeFolderOf(request),
      maxFiles,
      renderLimitMs,
      formatters,
      formatText: createFormatText({ absoluteRoot, limitMs: renderLimitMs, signal }),
      signal,
      onWait: (output, holder) => request.onWait?.(output, holder),
    },
    ({ output }) => request.onProgress?.({ done: done++, total: targets.length, output }),
  );
  problems.push(...reports.flatMap((report) => report.problems));
  return {
    absoluteRoot,
    mode,
    triggers: [...new Set(triggers.map((trigger) => trigger.kind))],
    targets: reports,
    problems: withoutDoubles(problems),
    isCancelled: signal?.aborted === true,
    durationMs: performance.now() - startedAt,
  };
}

const noProjectFile: Problem = {
  severity: 'error',
  code: 'no-project-file',
  message: `There is no ${projectFileName} in this folder. Create one with the command "Create Project File" or by hand.`,
  relativePath: projectFileName,
};

/** There is no project file, and what the user named has no markers either. */
function noRegion([first = '', ...others]: readonly string[]): Problem {
  const more = others.length === 0 ? '' : ` or ${others.length} more`;
  const message = `There is no ${projectFileName} here, and no region in ${first}${more}. Create a project file, or put in two lines such as <!-- atomic-index:begin generator=toc --> and <!-- atomic-index:end -->.`;
  return { severity: 'error', code: 'region-none', message, relativePath: first };
}

async function volumeFolderOf({
  absoluteRoot,
  lockScope,
  mode,
}: RegenerateRequest): Promise<string | undefined> {
  if (mode === 'check' || lockScope === 'host') return undefined;
  const folder = path.join(absoluteRoot, lockFolderName);
  return lockScope === 'volume' || (await sharesVolume(absoluteRoot, folder)) ? folder : undefined;
}

/** Who names a file in a command means its regions too, whether or not a project file looks for them there. */
function filesOf(triggers: readonly Trigger[]): readonly string[] {
  const commands = triggers.filter(({ kind }) => kind === 'command' || kind === 'cli');
  return commands.flatMap(({ relativePaths }) => (relativePaths === 'all' ? [] : relativePaths));
}

/** `null` when the run was cancelled while the folders were searched. */
async function loadOrNull(absoluteRoot: string, options: LoadOptions): Promise<Project | null> {
  try {
    return await loadProject(absoluteRoot, options);
  } catch (error) {
    if (options.signal?.aborted === true) return null;
    throw error;
  }
}

/** Two targets that read the same source report the same problem; people need it once. */
function withoutDoubles(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
