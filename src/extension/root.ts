import * as path from 'node:path';
import * as vscode from 'vscode';
import { cleanUpTargets } from '../core/cleanUp.ts';
import { Echoes } from '../core/echoes.ts';
import { loadProject } from '../core/project/loadProject.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import { createProjectFile, proposeProjectFile } from '../core/propose.ts';
import { createQueue } from '../core/queue.ts';
import { type Progress, regenerate } from '../core/regenerate.ts';
import { keyOf } from '../core/regions/twins.ts';
import type { Program } from '../core/run/targetRun.ts';
import { isGitBusyAround } from '../core/scan/gitState.ts';
import type { Report, Target, Trigger } from '../core/types.ts';
import type { Automation } from './automation.ts';
import { describeTriggers, logReport } from './log.ts';
import type { OpenDocuments } from './openDocuments.ts';
import {
  emptyReport,
  hasProject,
  type RootState,
  unknownState,
  type Waiting,
  withProject,
  withReport,
} from './rootState.ts';
import { debounceMs, lockScope, lockTimeoutMs, maxFilesPerScan } from './settings.ts';
import { withoutEchoes } from './withoutEchoes.ts';

/** A storm of events starts a run after this long, whatever else comes; so does a git that never ends. */
const maxWaitMs = 10_000;

/** What the roots of a window share. */
export type RootContext = {
  readonly automation: Automation;
  readonly documents: OpenDocuments;
  readonly log: vscode.LogOutputChannel;
  readonly program: Program;
};

/** One workspace folder: its project file, its queue, and what the runs found. */
export class Root {
  readonly folder: vscode.WorkspaceFolder;
  readonly absolutePath: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #automation: Automation;
  readonly #documents: OpenDocuments;
  readonly #program: Program;
  readonly #written = new Echoes();
  /** By the trigger that asked for it, so that no other run can take it. */
  readonly #overwrites = new WeakMap<Trigger, string>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #runs = new vscode.EventEmitter<Report>();
  readonly #progress = new vscode.EventEmitter<Progress>();
  /** Fires when the state is another one. */
  readonly onDidChange = this.#changes.event;
  /** Fires after each run of the queue; events that were only echoes make none. */
  readonly onDidRun = this.#runs.event;
  readonly onProgress = this.#progress.event;
  readonly #queue = createQueue({
    run: (triggers, signal, requestedAt) => this.#run(triggers, signal, requestedAt),
    debounceMs,
    maxWaitMs,
    isHeld: (triggers) => isGitBusyAround(this.absolutePath, pathsOf(triggers)),
  });
  #state = unknownState;
  #reads = 0;
  #lastRead = 0;

  constructor(folder: vscode.WorkspaceFolder, { automation, documents, log, program }: RootContext) {
    this.folder = folder;
    this.absolutePath = folder.uri.fsPath;
    this.#automation = automation;
    this.#documents = documents;
    this.#log = log;
    this.#program = program;
  }

  get state(): RootState {
    return this.#state;
  }

  get hasProject(): boolean {
    return hasProject(this.#state);
  }

  /** Asks for a run that writes; the promise settles with the run that began after this call. */
  async request(trigger: Trigger, when: 'now' | 'debounced'): Promise<Report> {
    return this.#queue.request(trigger, when);
  }

  /** Replaces an output although it is in conflict: the user said so. */
  async overwrite(target: Target): Promise<Report> {
    const trigger: Trigger = { kind: 'command', relativePaths: [target.output] };
    this.#overwrites.set(trigger, keyOf(target));
    return this.#queue.request(trigger, 'now');
  }

  /** Compares the targets that the paths touch, and writes nothing. */
  async check(relativePaths: Trigger['relativePaths'], signal: AbortSignal): Promise<Report> {
    const triggers: Trigger[] = [{ kind: 'command', relativePaths }];
    const report = await regenerate({ ...this.#limits(), mode: 'check', triggers, signal });
    this.#take(report, triggers);
    return report;
  }

  /** Reads the project file anew, so that its problems show even where nothing may run. */
  async readProject(): Promise<void> {
    const read = ++this.#reads;
    const project = await loadProject(this.absolutePath, { maxFiles: maxFilesPerScan(this.folder.uri) });
    // A slow read must not undo what a later one has found.
    if (read < this.#lastRead) return;
    this.#lastRead = read;
    this.#update(withProject(this.#state, project));
  }

  /** Finishes what killed runs left undone where this root's targets lie. */
  async cleanUp(): Promise<void> {
    await cleanUpTargets(this.absolutePath, this.#state.project.targets);
  }

  /** Creates a filled-in project file unless there is one. Nothing runs by it: the user looks at it first. */
  async createProject(): Promise<'created' | 'exists'> {
    const text = await proposeProjectFile(this.absolutePath);
    const made = await createProjectFile(this.absolutePath, text);
    if (made === 'created') this.#written.remember(path.join(this.absolutePath, projectFileName), text);
    await this.readProject();
    return made;
  }

  /** Aborts the run that is going on. */
  cancel(): void {
    this.#queue.cancel();
  }

  /** Settles when a run that is going on has ended. */
  async dispose(): Promise<void> {
    await this.#queue.dispose();
    for (const emitter of [this.#changes, this.#runs, this.#progress]) emitter.dispose();
  }

  async #run(triggers: readonly Trigger[], signal: AbortSignal, requestedAt: bigint): Promise<Report> {
    // What was asked for before a pause doesn't run in it.
    const due = this.#automation.isPaused ? triggers.filter(({ kind }) => kind === 'command') : triggers;
    // Not before now: the run before this one may have written what an event tells of.
    const real = await withoutEchoes(due, {
      absoluteRoot: this.absolutePath,
      outputs: this.#state.project.targets.map((target) => target.output),
      written: this.#written,
      saved: this.#documents.saved,
    });
    if (!this.hasProject) await this.readProject();
    // A folder without a project file is no problem; it only has nothing to do, but for a file that a command names.
    const namesFiles = real.some(({ kind, relativePaths }) => kind === 'command' && relativePaths !== 'all');
    if (real.length === 0 || !(this.hasProject || namesFiles))
      return emptyReport(this.absolutePath, triggers);
    this.#log.trace(`${this.absolutePath}: run after ${describeTriggers(real)}`);
    this.#update({ ...this.#state, isRunning: true });
    try {
      const report = await regenerate({
        ...this.#limits(),
        // Every caller asks for trust before; whatever they forget, nothing is written without it.
        mode: vscode.workspace.isTrusted ? 'write' : 'check',
        triggers: real,
        overwrite: real.flatMap((trigger) => this.#overwrites.get(trigger) ?? []),
        isDirty: (absolutePath) => this.#documents.isDirty(absolutePath),
        signal,
        onProgress: (progress) => this.#progress.fire(progress),
        requestedAt,
        onWait: (output, holder) => this.#noteWait(output, holder),
      });
      this.#noteWrites(report);
      this.#take(report, real);
      // An event that touches no target was looked at, and nothing ran.
      if (report.targets.length > 0 || report.problems.length > 0) this.#runs.fire(report);
      return report;
    } finally {
      this.#update({ ...this.#state, isRunning: false, waiting: undefined });
    }
  }

  #noteWait(output: string, holder: Waiting['holder']): void {
    const who = holder === undefined ? 'another program' : `${holder.name} (process ${holder.pid})`;
    this.#log.info(`${output}: waiting for ${who} at work on it`);
    this.#update({ ...this.#state, waiting: { output, holder } });
  }

  #noteWrites(report: Report): void {
    if (report.mode === 'check') return;
    for (const { target, outcome } of report.targets) {
      const absolutePath = path.join(this.absolutePath, target.output);
      if (!('contentHash' in outcome)) continue;
      // Also what another window wrote: its event is no news once this one has seen the file.
      this.#written.rememberHash(absolutePath, outcome.contentHash);
      if (outcome.kind !== 'unchanged') this.#documents.expectText(absolutePath, outcome.newText);
    }
  }

  #take(report: Report, triggers: readonly Trigger[]): void {
    logReport(this.#log, report, this.#state);
    const coversAll = triggers.some(
      ({ relativePaths }) => relativePaths === 'all' || relativePaths.includes(projectFileName),
    );
    this.#update(withReport(this.#state, report, coversAll));
  }

  #limits() {
    const { uri } = this.folder;
    return {
      absoluteRoot: this.absolutePath,
      program: this.#program,
      formatters: vscode.workspace.isTrusted ? ('run' as const) : ('untrusted' as const),
      lockScope: lockScope(uri),
      lockTimeoutMs: lockTimeoutMs(uri),
      maxFilesPerScan: maxFilesPerScan(uri),
    };
  }

  #update(state: RootState): void {
    this.#state = state;
    this.#changes.fire();
  }
}

function pathsOf(triggers: readonly Trigger[]): readonly string[] | 'all' {
  if (triggers.some(({ relativePaths }) => relativePaths === 'all')) return 'all';
  return triggers.flatMap(({ relativePaths }) => (relativePaths === 'all' ? [] : relativePaths));
}
