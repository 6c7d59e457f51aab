import { createHash } from 'node:crypto';
import { escapeHtml } from '../escape.ts';

/**
 * Shows what matches all words that are typed, with the folders that lead there and all that is in a folder that matches.
 * The box is hidden until this runs, so that nobody without script sees one that does nothing.
 */
const script = `
  (() => {
    const box = document.querySelector('.filter');
    const input = box.querySelector('input');
    const list = document.querySelector('nav.pages > ul');
    const textOf = (item) =>
      [...item.children].map((part) => (part.matches('ul') ? '' : part.textContent)).join(' ').toLowerCase();
    const texts = new Map([...list.querySelectorAll('li')].map((item) => [item, textOf(item)]));
    let shown = 0;
    const show = (items, words, isAboveShown) => {
      let isAnyShown = false;
      for (const item of items) {
        const isMatch = isAboveShown || words.every((word) => texts.get(item).includes(word));
        const below = item.querySelector(':scope > ul');
        const isBelowShown = below !== null && show(below.children, words, isMatch);
        item.hidden = !isMatch && !isBelowShown;
        isAnyShown ||= !item.hidden;
        if (!item.hidden && item.querySelector(':scope > a') !== null) shown++;
      }
      return isAnyShown;
    };
    const update = () => {
      const words = input.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
      shown = 0;
      show(list.children, words, words.length === 0);
      box.querySelector('output').value = words.length === 0 ? '' : String(shown);
    };
    input.addEventListener('input', update);
    box.hidden = false;
    update();
  })();
`;

/** The source for a content security policy that lets this script run and no other. */
export const filterScriptSource = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

export const filterScript = `<script>${script}</script>`;

/** The box itself; the number says how many pages match. */
export function filterBox(label: string): string {
  return `<p class="filter" hidden><label>${escapeHtml(label)} <input type="search" autocomplete="off"></label> <output></output></p>`;
}

export const filterStyle = `.filter {
  margin-block-end: 1rem;
}
.filter[hidden],
li[hidden] {
  display: none;
}
.filter input {
  padding: 0.4rem 0.6rem;
  inline-size: min(100%, 20rem);
  border: 1px solid var(--quiet);
  border-radius: 0.3rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
.filter input:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 3px;
}
`;
