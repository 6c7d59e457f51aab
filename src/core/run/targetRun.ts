import type { Holder } from '../../lock/index.ts';
import type { SeenFile } from '../project/loadProject.ts';
import type { KnownFolders } from '../scan/knownFolders.ts';
import type { GeneratorId, Mode, Outcome, Problem, Target } from '../types.ts';
import type { FormatText } from './formatText.ts';
import type { FormatterUse } from './formatterUse.ts';

/** The program that runs: its name is shown to those who wait for it, and only equal versions believe each other. */
export type Program = { readonly name: string; readonly version: string };

/** What all targets of one run share. */
export type TargetRun = {
  readonly absoluteRoot: string;
  readonly folders: KnownFolders;
  /** Files with regions, by their paths, as they were when this run looked for them. Let go of once it is judged by them. */
  readonly seen: Map<string, SeenFile>;
  readonly mode: Mode;
  readonly outputs: ReadonlySet<string>;
  /** Those that make these outputs. */
  readonly generators: ReadonlySet<GeneratorId>;
  readonly isOverwriteAllowed: (target: Target) => boolean;
  readonly isDirty: (absolutePath: string) => boolean | Promise<boolean>;
  readonly program: Program;
  /** When the work was asked for, by `process.hrtime.bigint()`: what others have scanned since then is good enough. */
  readonly requestedAt: bigint;
  readonly lockTimeoutMs: number;
  /** Where the volume's locks lie, if they are to be taken too. */
  readonly volumeFolder: string | undefined;
  readonly maxFiles: number;
  /** How long a contributed generator may take, in ms. */
  readonly renderLimitMs: number;
  readonly formatters: FormatterUse;
  readonly formatText: FormatText;
  readonly signal: AbortSignal | undefined;
  readonly onWait: (output: string, holder: Holder | undefined) => void;
};

export type TargetResult = {
  readonly outcome: Outcome;
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
};

/** A result with the time that it took. */
export type Timed<T> = { readonly value: T; readonly durationMs: number };
