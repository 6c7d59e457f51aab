import { open, readFile } from 'node:fs/promises';

/** Sources above this size are not read: no page or module that people write is so long. */
const maxSourceBytes = 4 * 1024 * 1024;

/** Where a NUL byte is looked for; git decides by as many bytes whether a file is binary. */
const binaryProbeBytes = 8000;

export type SourceText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly code: string; readonly reason: string };

/** Reads a source as UTF-8 text without its byte order mark, or says why it can't be read as that. */
export async function readSourceText(absolutePath: string): Promise<SourceText> {
  let bytes: Buffer;
  try {
    const handle = await open(absolutePath, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxSourceBytes) {
        const megabytes = (size / 1024 / 1024).toFixed(1);
        return unreadable(
          'source-too-large',
          `it is ${megabytes} MB long; at most ${maxSourceBytes / 1024 / 1024} MB are read`,
        );
      }
      bytes = await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable('source-unreadable', error instanceof Error ? error.message : String(error));
  }
  if (bytes.subarray(0, binaryProbeBytes).includes(0)) {
    return unreadable('source-binary', 'it looks like a binary file, or text in UTF-16');
  }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return unreadable('source-not-utf8', 'it is not UTF-8 text; save it with the encoding UTF-8');
  }
}

function unreadable(code: string, reason: string): SourceText {
  return { kind: 'unreadable', code, reason };
}

/** Reads a file as it is, or gives `null` when there is none. Throws Node's error for everything else. */
export async function readBytesOrNull(absolutePath: string): Promise<Buffer | null> {
  try {
    return await readFile(absolutePath);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
