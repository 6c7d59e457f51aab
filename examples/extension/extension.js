// @ts-check
const vscode = require('vscode');

/**
 * @typedef {import('atomic-index/api').AtomicIndexApi} AtomicIndexApi
 * @typedef {import('atomic-index/api').PageGenerator} PageGenerator
 */

/** @type {PageGenerator} */
const tagIndex = {
  id: 'sample.tag-index',
  description: 'A Markdown page that lists pages by the tags of their front matter.',
  defaultOutput: 'tags.md',
  defaultInclude: ['**/*.md'],
  defaultExclude: ['**/node_modules/**', '**/README.md'],
  reads: 'pages',
  validateOptions({ title, ...others }) {
    const mistakes = Object.keys(others).map((key) => `Unknown option "${key}". Known: "title".`);
    if (title !== undefined && typeof title !== 'string') mistakes.push('"title" must be a text.');
    return mistakes;
  },
  render({ sources, options }) {
    /** @type {Map<string, string[]>} */
    const pagesByTag = new Map();
    for (const { relativePath, facts } of sources) {
      for (const tag of facts.tags ?? []) {
        const line = `- [${facts.title ?? relativePath}](${encodeURI(relativePath)})`;
        pagesByTag.set(tag, [...(pagesByTag.get(tag) ?? []), line]);
      }
    }
    const lines = [`# ${options['title'] ?? 'Tags'}`];
    // Sorted by code unit and not by locale: the text must be the same on every machine.
    for (const tag of [...pagesByTag.keys()].sort()) lines.push('', `## ${tag}`, '', ...(pagesByTag.get(tag) ?? []));
    return `${lines.join('\n')}\n`;
  },
};

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  /** @type {vscode.Extension<AtomicIndexApi> | undefined} */
  const extension = vscode.extensions.getExtension('atomic-index.atomic-index');
  const api = await extension?.activate();
  if (api?.apiVersion !== 1) return;
  context.subscriptions.push(
    api.registerGenerator(tagIndex),
    vscode.commands.registerCommand('sample.tagIndex.regenerate', async () => {
      const reports = await api.regenerate();
      return reports.flatMap(({ targets }) => targets.filter(({ generator }) => generator === tagIndex.id));
    }),
  );
}

module.exports = { activate };
