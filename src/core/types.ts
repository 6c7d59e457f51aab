/**
 * The data that flows through the pipeline. Nothing here has behaviour.
 *
 * Paths: an `absolutePath` is as the operating system writes it; every other path is a `relativePath`, with `/`
 * between its parts on every system and no leading `./`. The empty string is the folder itself.
 */

/** What is wrong, where, and what to do next. Lines and columns count from 1. */
export type Problem = {
  readonly severity: 'error' | 'warning' | 'information';
  /** A stable word for the kind of problem, such as `front-matter-invalid`. */
  readonly code: string;
  /** Ready for display: what happened and the next step. */
  readonly message: string;
  /** Relative to the root, or to the target's folder where a generator or a fact reader reports it. */
  readonly relativePath: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

export type TriggerKind =
  | 'command'
  | 'save'
  | 'create'
  | 'delete'
  | 'rename'
  | 'external'
  | 'startup'
  | 'cli';

/** Why a run was asked for. */
export type Trigger = {
  readonly kind: TriggerKind;
  /** Paths relative to the root that changed, or `all` when every target is to be done. */
  readonly relativePaths: 'all' | readonly string[];
};

/** The name that the project file gives a generator, such as `markdown-index`. */
export type GeneratorId = string;

/** Where a value stands in the project file's text, in UTF-16 code units. */
export type TextRange = { readonly offset: number; readonly length: number };

/** One file that is kept up to date. */
export type Target = {
  readonly generator: GeneratorId;
  /** The folder whose files are listed, relative to the root. */
  readonly folder: string;
  /** The file that is written, relative to the root. */
  readonly output: string;
  /** Globs relative to `folder`. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Checked by the generator's own schema when the project file was read. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The entry of the project file that this target comes from; empty when a marker in the output describes it. */
  readonly range: TextRange;
  /** The part of the output that is ours; without it, all of the file is. */
  readonly region?: Region;
  /** The program that goes over the text before it is compared. */
  readonly format?: FormatterName;
};

/** A formatter that projects install by npm. */
export type FormatterName = 'prettier' | 'biome';

/** A block between two marker lines in a file that is otherwise written by hand. */
export type Region = {
  readonly id: string;
  /** The line of the begin marker, from 1, when that marker describes the target. */
  readonly line?: number;
};

/** What a page (Markdown, HTML or any other file) says of itself. Missing means that it does not say. */
export type PageFacts = {
  readonly kind: 'page';
  readonly title?: string;
  readonly description?: string;
  /** Front matter `order`, `weight`, `sidebar_position` or `nav_order`; smaller comes first. */
  readonly order?: number;
  readonly isDraft?: boolean;
  /** As the front matter gives it, reduced to `YYYY-MM-DD`; anything that is no such date is missing. */
  readonly date?: string;
  /** Front matter `tags` or `keywords`, a list or a text with commas, each once. */
  readonly tags?: readonly string[];
  /** The whole front matter: texts, lists, and maps without a prototype. Missing where there is none. */
  readonly data?: Readonly<Record<string, unknown>>;
};

export type ExportedName = {
  /** The name that others import; `default` for the default export. */
  readonly name: string;
  /** True when nothing of it exists at run time: an interface, a type alias, `export type`. */
  readonly isTypeOnly: boolean;
  /** Set for `export { a as b } from './x'`: where the binding really lives; the name is `*` for the whole module. */
  readonly from?: { readonly specifier: string; readonly name: string };
  /** Set when the module exports the same binding under this name too: `Button` of a default `Button`. */
  readonly sameAs?: string;
  /** The name that a default export has inside its module: `Button` of `export default class Button`. */
  readonly declaredName?: string;
};

/** What a module exports. */
export type ModuleFacts = {
  readonly kind: 'module';
  readonly exports: readonly ExportedName[];
  /** Specifiers of `export * from '…'`; `isTypeOnly` for `export type * from`. */
  readonly stars: readonly { readonly specifier: string; readonly isTypeOnly: boolean }[];
  /** True when a comment in the file asks not to be listed. Other modules may still pass its exports on. */
  readonly isIgnored?: true;
};

/** What a decision record says of itself. */
export type DecisionFacts = {
  readonly kind: 'decision';
  /** From the front matter or the file's name, without leading zeros. */
  readonly number?: number;
  /** Without the number that may stand before it. */
  readonly title?: string;
  /** Its first word in lower case and what follows, without links: `accepted`, `superseded`. */
  readonly status?: string;
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  readonly supersedes: readonly DecisionLink[];
  readonly supersededBy: readonly DecisionLink[];
};

/** A link from one decision record to another, as it is written there. */
export type DecisionLink = {
  /** As the link is written, decoded; missing for a number alone, such as `ADR-0005`. */
  readonly path?: string;
  readonly number?: number;
  readonly line: number;
};

/** What a module exports, with what is wrong in it. */
export type ModuleReading = { readonly facts: ModuleFacts; readonly problems: readonly Problem[] };

export type Facts = PageFacts | ModuleFacts | DecisionFacts;

/** One file that a target is made from. */
export type Source = {
  /** Relative to the target's folder. */
  readonly relativePath: string;
  readonly facts: Facts;
  /** The day of its last commit, `YYYY-MM-DD` in UTC, where the generator asked for it and git knows it. */
  readonly gitDate?: string;
};

/** What a scan of one target found, in code-point order of the paths with numbers compared as numbers. */
export type Listing = {
  /** The target's folder, relative to the root. */
  readonly folder: string;
  /** The output relative to the target's folder; it may begin with `../`. */
  readonly outputFromFolder: string;
  /** The id of the region that is filled; the page around it has a heading of its own. */
  readonly region?: string;
  readonly sources: readonly Source[];
  /** Texts of the files that `inputs` and `lookUps` named, by their path relative to the root; a missing file has none. */
  readonly inputs?: ReadonlyMap<string, string>;
  /** The outputs of all targets of the project file, relative to the root. */
  readonly outputs?: ReadonlySet<string>;
};

/** What a generator made: the body of the file with `\n` line ends, without header. */
export type Rendered = {
  readonly body: string;
  /** Paths relative to the target's folder. An `error` here means that nothing may be written. */
  readonly problems: readonly Problem[];
  /** True when only the problems count: the output belongs to somebody else and is never written. */
  readonly isReportOnly?: boolean;
};

export type ConflictReason =
  /** The file has no header of ours: somebody else made it. */
  | 'not-generated'
  /** The header is there, but the text below it was changed by hand. */
  | 'edited'
  /** A generator of another target made the file, whole as it is: it was moved or copied here. */
  | 'moved'
  /** Another program kept changing the file while it was being written. */
  | 'changed-meanwhile'
  /** Another file's name differs only in case or Unicode form, and many disks take the two for one. */
  | 'name-twin'
  /** The permissions of the file or its folder forbid the write. */
  | 'read-only'
  /** The file is larger than any text that people or generators write. */
  | 'too-large'
  /** The file has NUL bytes: not a text, or one in UTF-16. */
  | 'binary'
  /** A folder has the output's name. */
  | 'folder';

export type Outcome =
  | {
      readonly kind: 'created' | 'updated';
      readonly bytes: number;
      /** SHA-256 of what the file holds now, or in mode `check` would. */
      readonly contentHash: string;
      readonly oldText: string | null;
      readonly newText: string;
    }
  | {
      readonly kind: 'unchanged';
      /** SHA-256 of what the file holds. */
      readonly contentHash: string;
      /** The program that brought the file up to date while this run waited for it. */
      readonly doneBy?: string;
    }
  | {
      readonly kind: 'conflict';
      readonly reason: ConflictReason;
      readonly message: string;
      readonly oldText: string;
      readonly newText: string;
    }
  | { readonly kind: 'skipped'; readonly reason: 'unsaved-changes' | 'cancelled'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly cause?: unknown };

export type TargetReport = {
  readonly target: Target;
  readonly outcome: Outcome;
  /** The files that the target was made from, relative to its folder. */
  readonly sources: readonly string[];
  /** Paths relative to the root. */
  readonly problems: readonly Problem[];
  readonly durationMs: number;
};

/** What happened. In mode `check` the outcomes `created` and `updated` say what would happen. */
export type Report = {
  readonly absoluteRoot: string;
  readonly mode: Mode;
  readonly triggers: readonly TriggerKind[];
  readonly targets: readonly TargetReport[];
  /** Those of the project file and of all targets, each once. Paths relative to the root. */
  readonly problems: readonly Problem[];
  readonly isCancelled: boolean;
  readonly durationMs: number;
};

/** `write` regenerates, `check` compares and writes nothing. */
export type Mode = 'write' | 'check';
