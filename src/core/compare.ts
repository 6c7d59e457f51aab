import { equalsUpToFormatting, unformattedChecksumOf } from './checksum.ts';
import {
  headerOf,
  originOf,
  type Provenance,
  provenanceOf,
  unformattedOf,
  withHeader,
  withNewChecksum,
  withoutHeader,
} from './provenance.ts';
import { applyTextStyle, defaultTextStyle, textStyleOf } from './textStyle.ts';
import type { ConflictReason, GeneratorId, Target } from './types.ts';

/** What to do about a target's file. `text` is the whole new content, for people; `bytes` are what is written. */
export type Comparison =
  | {
      readonly kind: 'create' | 'update';
      readonly text: string;
      readonly bytes: Uint8Array;
      readonly oldText: string | null;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'conflict';
      readonly reason: ConflictReason;
      /** The generator that made a moved file. */
      readonly detail?: string;
      readonly text: string;
      readonly oldText: string;
    };

/**
 * Decides whether and what to write, from the bytes on disk and the rendered body. Only a text that this product made
 * and nobody touched is replaced, or a file without any text, unless `isOverwriteAllowed`. A formatter may touch it:
 * what it made of the same text stays, so that it and we don't undo each other's work for ever.
 *
 * A text by one of the other `generators` of the project was moved here, or its target has another generator than
 * before: only the user knows. By a generator that the project no longer uses, it is the latter, and nobody's loss.
 */
export function compare(
  oldBytes: Uint8Array | null,
  body: string,
  target: Pick<Target, 'generator' | 'output'>,
  isOverwriteAllowed: boolean,
  generators: ReadonlySet<GeneratorId>,
): Comparison {
  const made = withHeader(body.replace(/\r\n?/g, '\n'), target.generator, target.output);
  const oldText = decode(oldBytes);
  const text = applyTextStyle(made, oldText === null ? defaultTextStyle : textStyleOf(oldText));
  const isSame = (provenance: Provenance): boolean =>
    saysTheSame(oldText ?? '', provenance, made, target.output);
  return decide({ oldBytes, oldText, text, isSame, target, isOverwriteAllowed, generators });
}

/** What `compare` would have a formatter go over, unless the file is known to hold what it would make of it. */
export type Draft = { readonly kind: 'draft'; readonly text: string } | { readonly kind: 'unchanged' };

/**
 * Gives the text for a formatter, in the style of the file. The file is `unchanged` when its header says that it was
 * made from the same text; then no formatter needs to be started. A user who says so has it formatted anew.
 */
export function draft(
  oldBytes: Uint8Array | null,
  body: string,
  target: Pick<Target, 'generator' | 'output'>,
  formatter: string,
  isOverwriteAllowed: boolean,
): Draft {
  const plain = body.replace(/\r\n?/g, '\n');
  const unformatted = unformattedChecksumOf(plain, formatter);
  const oldText = decode(oldBytes);
  if (oldText !== null && !isOverwriteAllowed && unformattedOf(oldText) === unformatted) {
    if (isOurs(provenanceOf(oldText, target.output))) return { kind: 'unchanged' };
  }
  const made = withHeader(plain, target.generator, target.output, unformatted);
  const style = oldText === null ? defaultTextStyle : textStyleOf(oldText);
  return { kind: 'draft', text: applyTextStyle(made, style) };
}

/**
 * Decides the same as `compare` about what a formatter has made of a draft: line ends, byte order mark and final newline
 * are then the formatter's. `null` when it left no header.
 */
export function compareFormatted(
  oldBytes: Uint8Array | null,
  drafted: string,
  formatted: string,
  target: Pick<Target, 'generator' | 'output'>,
  isOverwriteAllowed: boolean,
  generators: ReadonlySet<GeneratorId>,
): Comparison | null {
  const text = withNewChecksum(formatted, drafted, target.output);
  if (text === null) return null;
  // Whether the file was made from the same text, the draft has said.
  const isSame = (): boolean => false;
  const oldText = decode(oldBytes);
  return decide({ oldBytes, oldText, text, isSame, target, isOverwriteAllowed, generators });
}

type Case = {
  readonly oldBytes: Uint8Array | null;
  readonly oldText: string | null;
  /** What is to be written. */
  readonly text: string;
  readonly isSame: (provenance: Provenance) => boolean;
  readonly target: Pick<Target, 'generator' | 'output'>;
  readonly isOverwriteAllowed: boolean;
  readonly generators: ReadonlySet<GeneratorId>;
};

function decide(given: Case): Comparison {
  const { oldBytes, oldText, text, isSame, target, isOverwriteAllowed, generators } = given;
  const bytes = Buffer.from(text);
  if (oldBytes === null || oldText === null) return { kind: 'create', text, bytes, oldText: null };
  if (bytes.equals(oldBytes)) return { kind: 'unchanged' };
  const { provenance, generator = '' } = originOf(oldText, target.output);
  if (isSame(provenance)) return { kind: 'unchanged' };
  const isMoved = isOurs(provenance) && generator !== target.generator && generators.has(generator);
  const isFree = (isOurs(provenance) && !isMoved) || oldText.trim() === '' || isOverwriteAllowed;
  if (isFree) return { kind: 'update', text, bytes, oldText };
  if (isMoved) return { kind: 'conflict', reason: 'moved', detail: generator, text, oldText };
  const reason = provenance === 'edited' ? 'edited' : 'not-generated';
  return { kind: 'conflict', reason, text, oldText };
}

function decode(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function isOurs(provenance: Provenance): boolean {
  return provenance === 'generated' || provenance === 'reformatted';
}

function saysTheSame(oldText: string, provenance: Provenance, made: string, output: string): boolean {
  // The header's checksum fits the old text; when it is the new one's too, only blank lines around it are new.
  if (provenance === 'generated') return oldText.includes(headerOf(made));
  if (provenance !== 'reformatted') return false;
  return equalsUpToFormatting(withoutHeader(oldText), withoutHeader(made), output);
}
