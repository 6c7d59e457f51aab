/** The words by which a comment at the head of a file asks that the file is not listed. */
export const ignoreMark = 'atomic-index-ignore-file';

/**
 * Tells whether a comment before the first statement (or tag) of a file says `atomic-index-ignore-file`. Anywhere else
 * the words mean nothing: they may stand in a text about this very comment.
 */
export function asksToBeIgnored(text: string): boolean {
  if (!text.includes(ignoreMark)) return false;
  const head = /^(?:#!.*)?(?:\s+|\/\/.*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->)*/.exec(text)?.[0] ?? '';
  return new RegExp(`(?:^|[^\\w-])${ignoreMark}(?![\\w-])`).test(head);
}
