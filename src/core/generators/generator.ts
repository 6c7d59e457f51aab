import type { GenericSchema } from 'valibot';
import type { GeneratorId, Listing, Rendered, Target } from '../types.ts';

/** Which reader turns a source's text into facts; `itself` lists nothing and renders from the output's own text, without what stands in the region to be filled. */
export type Reader = 'pages' | 'modules' | 'decisions' | 'itself';

/** All that the project file may say about a generator, and what is read for it. */
export type GeneratorDefinition = {
  readonly id: GeneratorId;
  /** One line for completion and hovers in the project file. */
  readonly description: string;
  /** A valibot `strictObject`. Entries have defaults where there is a sensible one. */
  readonly optionsSchema: GenericSchema<unknown, Readonly<Record<string, unknown>>>;
  readonly defaultOutput: string;
  readonly defaultInclude: readonly string[];
  readonly defaultExclude: readonly string[];
  readonly reads: Reader | ((options: Readonly<Record<string, unknown>>) => Reader);
  /** What to do with a source that can't be read as text or parsed: list it by its name, or stop the target. */
  readonly unreadableSource: 'list-by-name' | 'fail';
  /** Files beside the sources that the output is made from (a template, a stylesheet), relative to the root. */
  inputs?(options: Readonly<Record<string, unknown>>): readonly string[];
  /** Asks the scan for the day on which each source last changed in git. */
  needsGitDates?(options: Readonly<Record<string, unknown>>): boolean;
  /**
   * Says why a file can't be this generator's output, or `null` when it can. Generators without it write any file that
   * has a comment syntax; with it, the body must hold `headerMark` where there is none.
   */
  refuseOutput?(output: string): string | null;
  /** Loads what rendering needs on first use, before `render`; what most projects never use is not loaded for them. */
  load?(): Promise<void>;
  /** Makes whole files only, or regions only; without it, both. */
  readonly makes?: 'files' | 'regions';
  /**
   * Files that the output depends on where they exist (a compiler's settings, then those that they extend), relative to
   * the root. Asked again with what was read (`null`: there is no such file) until it names nothing new.
   */
  lookUps?(target: Target, known: ReadonlyMap<string, string | null>): readonly string[];
  /** Tells from its path alone whether a changed file may be one of those; true in doubt. */
  mayLookUp?(target: Target, relativePath: string): boolean;
};

/** A pure function from a listing to a text. */
export type Generator = GeneratorDefinition & {
  /** Renders a listing; the same listing and options give the same bytes on every machine. Throws nothing. */
  render(listing: Listing, options: Readonly<Record<string, unknown>>): Rendered;
};
