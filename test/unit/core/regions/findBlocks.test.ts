import assert from 'node:assert/strict';
import { findBlocks } from '../../../../src/core/regions/findBlocks.ts';

describe('the markers of regions', () => {
  const begin = '<!-- atomic-index:begin id=a -->';
  const end = '<!-- atomic-index:end -->';
  const find = (text: string, name = 'a.md') => findBlocks(Buffer.from(text), name);
  const finds = (title: string, text: string, ids: readonly string[], name = 'a.md') =>
    it(`are found: ${title}`, () => {
      assert.deepEqual(find(text, name).problems, []);
      assert.deepEqual(
        find(text, name).blocks.map(({ id }) => id),
        ids,
      );
    });
  finds('two in a file', `${begin}\n${end}\n${begin.replace('=a', '=b')}\n${end}`, ['a', 'b']);
  finds('after a byte order mark', `\uFEFF${begin}\r\n${end}`, ['a']);
  finds('with lone carriage returns', `x\r${begin}\r${end}\ry`, ['a']);
  finds('named after its generator', `<!-- atomic-index:begin generator=toc -->\n${end}`, ['toc']);
  finds('without the spaces inside', '<!--atomic-index:begin id=a-->\n<!--atomic-index:end-->', ['a']);
  finds('in a list item', `- one\n\n  ${begin}\n  ${end}\n`, ['a']);
  finds('in an item of an item', `- one\n  - two\n\n    ${begin}\n    ${end}\n`, ['a']);
  finds('in an HTML block', `<details>\n${begin}\n${end}\n</details>`, ['a']);
  finds(
    'in the script of a component',
    `<script>\n// atomic-index:begin id=a\n// atomic-index:end\n</script>`,
    ['a'],
    'a.vue',
  );
  finds('below a paragraph', `text\n${begin}\n${end}`, ['a']);
  finds('not in a fence', `\`\`\`html\n${begin}\n\`\`\`\n`, []);
  finds('not in a longer fence with a shorter inside', `~~~~\n~~~\n${begin}\n~~~~\n${begin}\n${end}`, ['a']);
  finds('not in a fence of a list item', `- x\n\n    \`\`\`\n    ${begin}\n    \`\`\`\n\n${begin}\n${end}`, [
    'a',
  ]);
  finds('not in a fence that a list item ends', `- \`\`\`\n  ${begin}\n\n${begin}\n${end}`, ['a']);
  finds('not in indented code', `text\n\n    ${begin}\n`, []);
  finds('not in a comment over several lines', `<!--\n${begin}\n`, []);
  finds('not in <pre>', `<pre>\n${begin}\n</pre>\n${begin}\n${end}`, ['a']);
  finds('not in front matter', `---\na: |\n  ${begin}\n---\n${begin}\n${end}`, ['a']);
  finds('not in a sentence', `Write \`${begin}\` there.\nSee ${begin}`, []);
  finds('not in a quote', `> ${begin}\n`, []);
  finds('not in the comments of another language', `# atomic-index:begin id=a\n`, []);
  finds('nowhere in an unknown language', `${begin}\n`, [], 'a.docx');

  it('carry values of every kind', () => {
    const marker = String.raw`<!-- atomic-index:begin id=a generator=toc title="A \"b\" ü" n=3 on=true f=1.10x list=[a, "b, c", 2] empty=[] -->`;
    const [block] = find(`${marker}\n${end}`).blocks;
    assert.deepEqual(Object.fromEntries(block?.attributes ?? []), {
      id: 'a',
      generator: 'toc',
      title: 'A "b" ü',
      n: 3,
      on: true,
      f: '1.10x',
      list: ['a', 'b, c', 2],
      empty: [],
    });
  });

  const refuses = (title: string, text: string, line: number, message: RegExp) =>
    it(`are an error and no region: ${title}`, () => {
      const { blocks, problems } = find(text);
      assert.deepEqual(blocks, []);
      assert.deepEqual([problems[0]?.line, problems[0]?.severity], [line, 'error']);
      assert.match(problems[0]?.message ?? '', message);
    });
  const other = begin.replace('=a', '=b');
  refuses('no end', `${begin}\ntext`, 1, /has no end/);
  refuses('no begin', `text\n${end}`, 2, /no begin above/);
  refuses('two ends', `${begin}\n${end}\n${end}`, 3, /no begin above/);
  refuses('end before begin', `${end}\n${begin}`, 1, /no begin above/);
  refuses('the same id twice', `${begin}\n${end}\n${begin}\n${end}`, 3, /line 1 already/);
  refuses('one inside the other', `${begin}\n${other}\n${end}\n${end}`, 2, /begins inside "a" of line 1/);
  refuses('ends crossed', `${begin}\n<!-- atomic-index:end id=b -->`, 2, /This ends "b"/);
  refuses('no id', `<!-- atomic-index:begin -->\n${end}`, 1, /needs an id/);
  refuses('an id with a space', `<!-- atomic-index:begin id="a b" -->\n${end}`, 1, /can't be an id/);
  refuses('a wrong word', `<!-- atomic-index:begn id=a -->\n${end}`, 1, /Unknown marker "atomic-index:begn"/);
  refuses('text behind it', `${begin} text\n${end}`, 1, /doesn't end with "-->"/);
  refuses('a comment behind it', `${begin} <!-- x -->\n${end}`, 1, /alone on its line/);
  refuses('over two lines', `<!-- atomic-index:begin\nid=a -->\n${end}`, 1, /doesn't end with "-->"/);
  refuses(
    'a key without a value',
    `<!-- atomic-index:begin id=a ordered -->\n${end}`,
    1,
    /"ordered" can't be read/,
  );
  refuses('an open quote', `<!-- atomic-index:begin id=a b="c -->\n${end}`, 1, /can't be read/);
  refuses('a key given twice', `<!-- atomic-index:begin id=a n=1 n=2 -->\n${end}`, 1, /given twice/);
  refuses('options in the end', `${begin}\n<!-- atomic-index:end n=1 -->`, 2, /stand in the begin marker/);

  it('are shown where they stand, in columns as editors count', () => {
    const { problems } = find('\n  <!-- atomic-index:begin id=ü -->\n');
    const [problem] = problems;
    assert.deepEqual([problem?.line, problem?.column, problem?.endColumn], [2, 3, 35]);
  });
});
