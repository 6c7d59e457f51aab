/** What a file keeps when its text changes, because somebody or their tools chose it. */
export type TextStyle = {
  readonly hasBom: boolean;
  readonly lineEnd: '\n' | '\r\n';
  readonly endsWithNewline: boolean;
};

/** The style of a file that doesn't exist yet. */
export const defaultTextStyle: TextStyle = { hasBom: false, lineEnd: '\n', endsWithNewline: true };

/** Finds out the style of a text; where line ends are mixed, the more frequent one counts. */
export function textStyleOf(text: string): TextStyle {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.trim() === '') return { ...defaultTextStyle, hasBom: plain !== text };
  const crlf = plain.match(/\r\n/g)?.length ?? 0;
  const all = plain.match(/\n/g)?.length ?? 0;
  return {
    hasBom: plain !== text,
    lineEnd: crlf * 2 > all ? '\r\n' : '\n',
    endsWithNewline: /\n$/.test(plain),
  };
}

/** Gives a text with `\n` line ends the style. */
export function applyTextStyle(text: string, style: TextStyle): string {
  const body = text.replace(/\n+$/, '') + (style.endsWithNewline ? '\n' : '');
  const lines = style.lineEnd === '\n' ? body : body.replaceAll('\n', '\r\n');
  return style.hasBom ? `\uFEFF${lines}` : lines;
}
