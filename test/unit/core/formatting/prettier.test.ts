import assert from 'node:assert/strict';
import * as prettier from 'prettier';
import { equalsUpToFormatting } from '../../../../src/core/checksum.ts';
import { compare } from '../../../../src/core/compare.ts';
import { normalForm } from '../../../../src/core/formatting/normalForm.ts';
import { builtInGenerators as generators } from '../../../../src/core/generators/index.ts';
import { withHeader } from '../../../../src/core/provenance.ts';
import { decisionListing, liquidTemplate, listing, moduleListing } from './samples.ts';

/** Ways in which projects set up the formatter, from its defaults to what moves most. */
const setups: readonly prettier.Options[] = [
  {},
  { tabWidth: 4, printWidth: 40, proseWrap: 'always' },
  { useTabs: true, singleQuote: false, semi: false, trailingComma: 'all', bracketSpacing: false },
  { printWidth: 200, proseWrap: 'never', singleQuote: true, htmlWhitespaceSensitivity: 'ignore' },
];

describe('a generated file that prettier went over', () => {
  for (const [generator, { defaultOutput, load, reads, render: renderListing }] of generators) {
    const output = `docs/${defaultOutput}`;
    // Of what prettier formats by itself.
    const isFormatted = /\.(md|html|ts|json|css|yml)$/.test(output);
    before(() => load?.());
    // What fills regions only is tested there.
    if (reads === 'itself' || !isFormatted) continue;
    const render = (title: string) => {
      const given =
        reads === 'modules'
          ? moduleListing(title)
          : reads === 'decisions'
            ? decisionListing(title)
            : { ...listing(title), inputs: new Map([['a.liquid', liquidTemplate]]) };
      return renderListing(given, generator === 'template' ? { template: 'a.liquid' } : {}).body;
    };
    for (const [number, setup] of setups.entries()) {
      it(`is left as it is while its sources say the same, and is still ours: ${generator}, setup ${number}`, async () => {
        const target = { generator, output };
        const generators = new Set([generator]);
        const body = render('Apple');
        const made = withHeader(body, generator, output);
        const formatted = await prettier.format(made, { ...setup, filepath: output });
        assert.deepEqual(compare(Buffer.from(formatted), body, target, false, generators), {
          kind: 'unchanged',
        });
        const again = await prettier.format(formatted, { ...setup, filepath: output });
        assert.deepEqual(compare(Buffer.from(again), body, target, false, generators), { kind: 'unchanged' });
        const changed = compare(Buffer.from(formatted), render('Pear'), target, false, generators);
        assert.equal(changed.kind, 'update');
        const edited = formatted.replaceAll('Apple', 'Apples');
        assert.notEqual(edited, formatted);
        assert.equal(compare(Buffer.from(edited), body, target, false, generators).kind, 'conflict');
      });
    }
  }
});

describe('what a formatter leaves of a hostile text', () => {
  const pieces = [
    '<',
    '<!--',
    '<style>',
    '<script',
    '<a b="',
    "<a '",
    '"',
    "'",
    '`',
    '/*',
    '//',
    '\\',
    '|',
    '- ',
    '> ',
    '~~~',
    '](<',
    '**',
    '_',
  ];
  for (const ending of ['html', 'ts', 'md', 'yml']) {
    it(`is found in time in proportion to its length: ${ending}`, () => {
      for (const piece of pieces) {
        for (const text of [
          piece.repeat(100_000),
          `${piece}\n`.repeat(50_000),
          `${piece}x `.repeat(50_000),
        ]) {
          assert.equal(typeof normalForm(text, `a.${ending}`), 'string');
        }
      }
    }).timeout(60_000);
  }
});

describe('what a formatter leaves', () => {
  const check = (name: string, output: string, one: string, other: string, expected: boolean) =>
    it(`${expected ? 'is the same' : 'differs'}: ${name}`, () =>
      assert.equal(equalsUpToFormatting(one, other, output), expected));
  check('bullets, numbers and emphasis', 'a.md', '* _a_\n* b', '- *a*\n\n- b', true);
  check('a list four wide', 'a.md', '- a\n  - b\n- c', '-   a\n    -   b\n-   c', true);
  check(
    'the padding of a table',
    'a.md',
    '|a|b|\n|-|:-:|\n|1|22|',
    '| a | b   |\n| --- | :---: |\n| 1 | 22 |',
    true,
  );
  check('numbers', 'a.md', '1. a\n2. b\n', '1. a\n1. b\n', true);
  check('a second item made a child', 'a.md', '1. a\n2. b\n', '1. a\n   1. b\n', false);
  check('an empty link', 'a.md', '- [a]()', '- [a](<>)', true);
  check('a paragraph wrapped', 'a.md', 'one two three', 'one two\nthree', true);
  check('an item on another level', 'a.md', '- a\n  - b\n- c', '- a\n  - b\n  - c', false);
  check('a word', 'a.md', '- a b', '- a c', false);
  check('a link', 'a.md', '- [a](b.md)', '- [a](c.md)', false);
  check('two paragraphs made one', 'a.md', 'one\n\ntwo', 'one\ntwo', false);
  check('a heading of another level', 'a.md', '# a', '## a', false);
  check('code indented otherwise', 'a.md', '```\na\n  b\n```', '```\na\n b\n```', false);
  check('quotes and semicolons', 'a.ts', `export {a,b} from './a';`, 'export { a, b, } from "./a"\n', true);
  check('a type made a value', 'a.ts', 'export type {a} from "./a"', 'export {a} from "./a"', false);
  check('white space in a string', 'a.ts', 'f("a b")', 'f("a  b")', false);
  check('a comment', 'a.ts', '// a\nb', '// c\nb', false);
  check(
    'attributes on lines of their own',
    'a.html',
    '<a href="x" id=\'y\'>t</a>',
    '<a\n  href="x"\n  id="y"\n  >t</a\n>',
    true,
  );
  check('an attribute', 'a.html', '<a href="x">t</a>', '<a href="y">t</a>', false);
  check('quotes', 'a.yml', "a: 'b'  \n\nc: d", 'a: "b"\nc: d', true);
  check('the depth of a key', 'a.yml', 'a:\n  b: c', 'a:\nb: c', false);
  check("a space in a language that we don't know", 'a.txt', 'a b', 'a  b', false);
});
