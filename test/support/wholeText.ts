/** Makes a text that shows whether it is whole: its version, the length of its body, the body. */
export function wholeText(version: string, length: number): string {
  const letter = String.fromCharCode(97 + (length % 26));
  return `${version}:${length}:${letter.repeat(length)}`;
}

/** Gives the version of such a text, or `undefined` when anything is missing or mixed. */
export function versionOf(text: string): string | undefined {
  const [version = '', length = ''] = text.split(':', 2);
  return text === wholeText(version, Number(length)) ? version : undefined;
}
