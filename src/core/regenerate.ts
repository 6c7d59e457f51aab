import { planTargets } from './plan.ts';
import { defaultMaxFiles, loadProject, type Project } from './project/loadProject.ts';
import { projectFileName } from './project/projectFileName.ts';
import { regenerateTarget } from './regenerateTarget.ts';
import type { Mode, Problem, Report, TargetReport, Trigger } from './types.ts';

export type RegenerateRequest = {
  /** The workspace folder that holds the project file. */
  readonly absoluteRoot: string;
  readonly mode: Mode;
  readonly triggers: readonly Trigger[];
  /** Outputs, relative to the root, that may be overwritten although they are in conflict: the user said so. */
  readonly overwrite?: 'all' | readonly string[];
  /** Tells whether an editor has unsaved changes of a file; asked before the scan and again right before the rename. */
  readonly isDirty?: (absolutePath: string) => boolean;
  /** How long to wait for another process at work on the same output, in ms. Default 5,000. */
  readonly lockTimeoutMs?: number;
  /** A scan that finds more files stops and says so. Default 20,000. */
  readonly maxFilesPerScan?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Another process is at work on the output, and the run waits for it. */
  readonly onWait?: (output: string) => void;
};

export type Progress = { readonly done: number; readonly total: number; readonly output: string };

/**
 * Brings the targets that the triggers touch up to date and says what happened. What can be expected to go wrong (a bad
 * project file, a conflict, a full disk, a cancelled run) is in the report; it throws only for bugs.
 */
export async function regenerate(request: RegenerateRequest): Promise<Report> {
  const startedAt = performance.now();
  const { absoluteRoot, mode, signal, triggers } = request;
  const maxFiles = request.maxFilesPerScan ?? defaultMaxFiles;
  const project = await loadOrNull(absoluteRoot, maxFiles, signal);
  const problems: Problem[] = project === null ? [] : [...project.problems];
  if (project?.text === null && problems.length === 0) problems.push(noProjectFile);
  const targets = planTargets(project?.targets ?? [], triggers);
  const outputs = new Set(project?.targets.map((target) => target.output));
  const reports: TargetReport[] = [];
  for (const target of targets) {
    const targetStartedAt = performance.now();
    request.onProgress?.({ done: reports.length, total: targets.length, output: target.output });
    const result = await regenerateTarget(target, {
      absoluteRoot,
      mode,
      outputs,
      isOverwriteAllowed:
        request.overwrite === 'all' || (request.overwrite?.includes(target.output) ?? false),
      isDirty: request.isDirty ?? (() => false),
      lockTimeoutMs: request.lockTimeoutMs ?? 5_000,
      maxFiles,
      signal,
      onWait: () => request.onWait?.(target.output),
    });
    problems.push(...result.problems);
    const durationMs = performance.now() - targetStartedAt;
    reports.push({ target, outcome: result.outcome, sources: result.sources, durationMs });
  }
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

/** `null` when the run was cancelled while the folders were searched. */
async function loadOrNull(
  absoluteRoot: string,
  maxFiles: number,
  signal: AbortSignal | undefined,
): Promise<Project | null> {
  try {
    return await loadProject(absoluteRoot, { maxFiles, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    if (signal?.aborted === true) return null;
    throw error;
  }
}

/** Two targets that read the same source report the same problem; people need it once. */
function withoutDoubles(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
