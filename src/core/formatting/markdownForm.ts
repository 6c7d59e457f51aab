import { blockKind } from '../facts/markdownLines.ts';

const item = /^(?:[-+*]|\d{1,9}[.)])(?:[ \t]+|$)/;

/**
 * Gives what formatters of Markdown leave as it is: headings, the levels and texts of lists, the cells of tables, code.
 * Bullets, numbers, emphasis marks, escapes, padding, blank lines and the width of lines are theirs to choose.
 */
export function markdownForm(text: string): string {
  const blocks: string[] = [];
  const state: State = { levels: [], fence: undefined, isOpen: false };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) addLine(line.trimEnd(), blocks, state);
  return blocks.join('\n');
}

type State = {
  /** The indentation of the open list items' texts, outermost first. */
  levels: number[];
  fence: { readonly marks: string; readonly indent: number } | undefined;
  /** True while the last block may go on in the next line. */
  isOpen: boolean;
};

function addLine(line: string, blocks: string[], state: State): void {
  const content = line.trim();
  if (state.fence !== undefined) {
    const { marks, indent } = state.fence;
    if (content.startsWith(marks) && content.replaceAll(marks.charAt(0), '') === '') {
      state.fence = undefined;
      blocks.push('```');
    } else blocks.push(line.replace(new RegExp(`^ {0,${indent}}`), '|'));
    return;
  }
  if (content === '') {
    state.isOpen = false;
    return;
  }
  const indent = line.length - line.trimStart().length;
  const marker = item.exec(content)?.[0];
  const goesOn = state.isOpen && marker === undefined && isText(content);
  if (!goesOn) while (indent < (state.levels.at(-1) ?? 0)) state.levels.pop();
  if (marker !== undefined && !/^([-*_])(?:[ \t]*\1){2,}$/.test(content)) {
    state.levels.push(indent + marker.length);
    const kind = /^\d/.test(marker) ? '1.' : '-';
    blocks.push(`${'>'.repeat(state.levels.length)}${kind} ${inlineForm(content.slice(marker.length))}`);
    state.isOpen = true;
    return;
  }
  const fence = /^(`{3,}|~{3,})(.*)$/.exec(content);
  if (fence !== null) {
    state.fence = { marks: fence[1] ?? '', indent };
    blocks.push(`\`\`\`${fence[2]?.trim() ?? ''}`);
    state.isOpen = false;
    return;
  }
  if (content.startsWith('|')) {
    blocks.push(rowForm(content));
    state.isOpen = false;
    return;
  }
  const last = blocks.at(-1);
  if (goesOn && last !== undefined) {
    blocks[blocks.length - 1] = `${last} ${inlineForm(content)}`;
    return;
  }
  state.isOpen = isText(content);
  blocks.push(blockKind(content, false) === 'rule' ? '---' : inlineForm(content));
}

function isText(content: string): boolean {
  const kind = blockKind(content, true);
  return kind === 'text' || kind === 'underline';
}

function rowForm(row: string): string {
  const cells = row.replace(/^\||\|$/g, '').split(/(?<!\\)\|/);
  return cells
    .map((cell) => cell.trim().replace(/^(:?)-+(:?)$/, '$1-$2'))
    .map(inlineForm)
    .join('|');
}

/** Escapes that say nothing come and go, and `_` and `*` both mark emphasis. */
function inlineForm(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\]\(<([^<>\s]*)>/g, ']($1')
    .replaceAll('_', '*')
    .replace(/\s+#+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}
