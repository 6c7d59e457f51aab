// @ts-check
/** @type {readonly import('atomic-index/api').ContributedGenerator[]} */
export const generators = [
  {
    id: 'sample.name-list',
    description: 'A Markdown page that lists what the modules of a folder export.',
    defaultOutput: 'NAMES.md',
    defaultInclude: ['**/*.ts', '**/*.js'],
    defaultExclude: ['**/node_modules/**', '**/*.test.*'],
    reads: 'modules',
    render({ sources }) {
      const lines = sources.map(({ relativePath, facts }) => {
        const names = facts.exports.map(({ name, isTypeOnly }) => `\`${name}\`${isTypeOnly ? ' (type)' : ''}`);
        return `- ${relativePath}: ${names.join(', ') || 'nothing'}`;
      });
      return `# Names\n\n${lines.join('\n')}\n`;
    },
  },
];
