/**
 * What other extensions and packages may rely on, as types alone and without imports of ours: this file is published as
 * it is (`atomic-index/api`), and can be copied. `docs/api.md` is its manual.
 *
 * Paths relative to something have `/` between their parts on every system; the empty string is the folder itself.
 */
import type { Writable } from 'node:stream';

/** What `activate` of the extension `atomic-index.atomic-index` gives. Members may be added, never changed. */
export type AtomicIndexApi = {
  /** Another number only when something below is no longer true. */
  readonly apiVersion: 1;
  /** The extension's version. */
  readonly version: string;
  /**
   * Adds a generator for the project files of this window. Targets that waited for it are brought up to date; when it is
   * disposed of, the files that it made stay. Throws a `TypeError` when its shape is wrong or its id taken.
   */
  registerGenerator(generator: ContributedGenerator): Disposable;
  /**
   * Brings targets up to date: those in and around a folder, by default all of this window. Gives one report for each
   * workspace folder with a project file; nothing is shown but in the Problems view. In Restricted Mode nothing is
   * written, and `mode` is `check`. Rejects when a workspace folder is closed meanwhile.
   */
  regenerate(folder?: FolderUri): Promise<readonly RegenerateReport[]>;
  /** Fires after each run in this window that had something to do, whoever asked for it. */
  readonly onDidRegenerate: Event<RegenerateReport>;
  /** Replaces a file by a text in one step. Rejects with an `AtomicWriteError`, and then the old file is as it was. */
  atomicWriteText(path: string, text: string, options?: WriteOptions): Promise<WriteResult>;
  /** The same with bytes. */
  atomicWriteBytes(path: string, bytes: ArrayBufferView, options?: WriteOptions): Promise<WriteResult>;
  /** Replaces several files as one: a crash at any moment leaves all of them old or all new. */
  atomicWriteBatch(
    entries: readonly BatchEntry[],
    options: BatchOptions,
  ): Promise<readonly (WriteResult | AtomicWriteError)[]>;
  /** Files that are written piece by piece and appear whole at `commit()`, or not at all. */
  readonly AtomicFile: { open(path: string, options?: Omit<WriteOptions, 'ifChanged'>): Promise<AtomicFile> };
  /** Removes what killed writers left in one folder, and finishes their batches. */
  sweepTempFiles(folder: string, options?: SweepOptions): Promise<SweepResult>;
};

/** As `vscode.Disposable`. */
export type Disposable = { dispose(): void };

/** As `vscode.Event`. */
export type Event<T> = (
  listener: (event: T) => unknown,
  thisArgs?: unknown,
  disposables?: { dispose(): unknown }[],
) => Disposable;

/** A `vscode.Uri` of scheme `file`. */
export type FolderUri = { readonly scheme: string; readonly fsPath: string };

/** A generator for project files, from another extension or from a package under `plugins`. */
export type ContributedGenerator = PageGenerator | ModuleGenerator;

/** Gets what pages say of themselves: title, description, front matter. */
export type PageGenerator = GeneratorBase & {
  readonly reads: 'pages';
  render(input: RenderInput<PageSource>): RenderOutput | PromiseLike<RenderOutput>;
};

/** Gets what TypeScript and JavaScript modules export. */
export type ModuleGenerator = GeneratorBase & {
  readonly reads: 'modules';
  render(input: RenderInput<ModuleSource>): RenderOutput | PromiseLike<RenderOutput>;
};

export type GeneratorBase = {
  /** `publisher.name`: letters, digits and `-`, with at least one dot. */
  readonly id: string;
  /** One line for people. */
  readonly description: string;
  /** The output where the project file names none, relative to the target's folder; with an ending that has comments. */
  readonly defaultOutput: string;
  /** Globs relative to the target's folder. */
  readonly defaultInclude: readonly string[];
  /** Never listed, whatever the project file excludes in addition. */
  readonly defaultExclude?: readonly string[];
  /** Gives what is wrong with `options`, one text for each mistake. Without it any options will do. */
  validateOptions?(options: Readonly<Record<string, unknown>>): readonly string[];
};

/** One target, with the sources that a scan of its folder found. */
export type RenderInput<Source> = {
  /** The target's folder, relative to the workspace folder. */
  readonly folder: string;
  /** The file that is made, relative to the workspace folder. */
  readonly output: string;
  /** The id of the region that is filled, when it isn't the whole file. */
  readonly region?: string;
  /** In code-point order of their paths, numbers as numbers. */
  readonly sources: readonly Source[];
  /** As they stand in the project file. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Aborted when nobody waits for the text any more. */
  readonly signal: AbortSignal;
};

/** The text of the output, without the header that says who made it. */
export type RenderOutput =
  | string
  | { readonly text: string; readonly problems?: readonly GeneratorProblem[] };

/** With severity `error` nothing is written. Lines and columns count from 1. */
export type GeneratorProblem = {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** Relative to the target's folder; without it the problem is one of the output. */
  readonly relativePath?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

/** A Markdown, HTML or any other file. */
export type PageSource = {
  /** Relative to the target's folder. */
  readonly relativePath: string;
  /** What the page says of itself; missing means that it does not say. */
  readonly facts: {
    readonly kind: 'page';
    readonly title?: string;
    readonly description?: string;
    /** Smaller comes first. */
    readonly order?: number;
    readonly isDraft?: boolean;
    /** `YYYY-MM-DD` */
    readonly date?: string;
    readonly tags?: readonly string[];
    /** The whole front matter. */
    readonly data?: Readonly<Record<string, unknown>>;
  };
};

/** A TypeScript or JavaScript module. */
export type ModuleSource = {
  /** Relative to the target's folder. */
  readonly relativePath: string;
  readonly facts: {
    readonly kind: 'module';
    readonly exports: readonly {
      /** The name that others import; `default` for the default export. */
      readonly name: string;
      /** True when nothing of it exists at run time. */
      readonly isTypeOnly: boolean;
      /** Set for `export { a as b } from './x'`. */
      readonly from?: { readonly specifier: string; readonly name: string };
    }[];
    /** Specifiers of `export * from '…'`. */
    readonly stars: readonly { readonly specifier: string; readonly isTypeOnly: boolean }[];
  };
};

/** What a run did, as `atomic-index --json` prints it. */
export type RegenerateReport = {
  /** The workspace folder, as an absolute path of the operating system. */
  readonly folder: string;
  /** `check` when nothing was to be written: `created` and `updated` are then what would happen. */
  readonly mode: 'write' | 'check';
  /** How many targets had each outcome. */
  readonly counts: Readonly<Record<OutcomeKind, number>>;
  readonly targets: readonly {
    /** Relative to the workspace folder. */
    readonly output: string;
    readonly region?: string;
    readonly generator: string;
    readonly folder: string;
    readonly outcome: OutcomeKind;
    /** Why a file is in conflict, or was skipped: one word. */
    readonly reason?: string;
    /** What happened and what to do next, ready for display. */
    readonly message?: string;
    /** The program that did it while this run waited. */
    readonly doneBy?: string;
    /** Relative to the target's folder. */
    readonly sources: readonly string[];
  }[];
  readonly problems: readonly {
    readonly severity: 'error' | 'warning' | 'information';
    readonly code: string;
    readonly message: string;
    /** Relative to the workspace folder. */
    readonly relativePath: string;
    readonly line?: number;
    readonly column?: number;
    readonly endLine?: number;
    readonly endColumn?: number;
  }[];
  readonly isCancelled: boolean;
};

export type OutcomeKind = 'created' | 'updated' | 'unchanged' | 'conflict' | 'skipped' | 'failed';

/** What the options mean is in `docs/atomic-write.md`. */
export type WriteOptions = {
  readonly mode?: number;
  readonly ensureParent?: boolean;
  readonly ifChanged?: boolean;
  readonly expected?: ArrayBufferView | { readonly sha256: string } | 'absent';
  readonly exclusive?: boolean;
  readonly durability?: 'full' | 'data' | 'none';
  readonly links?: 'follow' | 'replace' | 'refuse';
  readonly hardLinks?: 'refuse' | 'break';
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly encoding?: 'utf8' | 'utf16le' | 'latin1';
  readonly beforeRename?: () => void | Promise<void>;
  /** In ms. */
  readonly renameDeadlineMs?: number;
  readonly sweep?: boolean;
};

export type WriteResult = {
  readonly outcome: 'written' | 'unchanged';
  readonly bytes: number;
  /** Absolute, symbolic links at its end followed. */
  readonly path: string;
  readonly isNew: boolean;
  readonly durability: 'full' | 'data' | 'none';
  readonly renameRetries: number;
  readonly isOwnerKept: boolean;
};

/** What failed writes reject with. */
export type AtomicWriteError = Error & {
  readonly step: string;
  readonly path: string;
  /** An errno name such as `ENOSPC`, or a word such as `CONFLICT`. */
  readonly code: string;
  readonly retryable: boolean;
};

export type BatchEntry = Pick<
  WriteOptions,
  'mode' | 'ifChanged' | 'expected' | 'exclusive' | 'links' | 'hardLinks' | 'force' | 'encoding'
> & { readonly path: string; readonly content: string | ArrayBufferView };

export type BatchOptions = Pick<
  WriteOptions,
  'ensureParent' | 'ifChanged' | 'renameDeadlineMs' | 'sweep' | 'durability' | 'signal'
> & {
  /** An existing folder in or below which all files lie. */
  readonly journalFolder: string;
  readonly onEntryError?: 'abort' | 'leaveOut';
};

export type AtomicFile = {
  readonly path: string;
  write(chunk: string | ArrayBufferView): Promise<void>;
  readonly writable: Writable;
  commit(): Promise<WriteResult>;
  /** Does nothing after a commit. */
  abort(): Promise<void>;
};

export type SweepOptions = {
  readonly signal?: AbortSignal;
  /** In ms. */
  readonly strangersAfterMs?: number;
  readonly keepAll?: boolean;
};

export type SweepResult = {
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  readonly failed: readonly { readonly name: string; readonly code: string }[];
  readonly recovered: readonly string[];
};
