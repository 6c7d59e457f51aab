import { equalsUpToFormatting } from './checksum.ts';
import { headerOf, type Provenance, provenanceOf, withHeader, withoutHeader } from './provenance.ts';
import { applyTextStyle, defaultTextStyle, textStyleOf } from './textStyle.ts';
import type { ConflictReason, Target } from './types.ts';

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
      readonly text: string;
      readonly oldText: string;
    };

/**
 * Decides whether and what to write, from the bytes on disk and the rendered body. Only a text that this product made
 * and nobody touched is replaced, or a file without any text, unless `isOverwriteAllowed`. A formatter may touch it:
 * what it made of the same text stays, so that it and we don't undo each other's work for ever.
 */
export function compare(
  oldBytes: Uint8Array | null,
  body: string,
  target: Pick<Target, 'generator' | 'output'>,
  isOverwriteAllowed: boolean,
): Comparison {
  const made = withHeader(body.replace(/\r\n?/g, '\n'), target.generator, target.output);
  if (oldBytes === null) {
    const text = applyTextStyle(made, defaultTextStyle);
    return { kind: 'create', text, bytes: Buffer.from(text), oldText: null };
  }
  const oldText = new TextDecoder('utf-8', { ignoreBOM: true }).decode(oldBytes);
  const text = applyTextStyle(made, textStyleOf(oldText));
  const bytes = Buffer.from(text);
  if (bytes.equals(oldBytes)) return { kind: 'unchanged' };
  const provenance = provenanceOf(oldText, target.output);
  if (saysTheSame(oldText, provenance, made, target.output)) return { kind: 'unchanged' };
  const isFree = isOurs(provenance) || oldText.trim() === '' || isOverwriteAllowed;
  if (isFree) return { kind: 'update', text, bytes, oldText };
  const reason = provenance === 'edited' ? 'edited' : 'not-generated';
  return { kind: 'conflict', reason, text, oldText };
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
