import assert from 'node:assert/strict';
import { firstHeading } from '../../../../src/core/facts/markdownHeading.ts';

function check(text: string, expected: string | undefined): void {
  assert.equal(firstHeading(text, 0), expected, JSON.stringify(text));
  assert.equal(
    firstHeading(text.replaceAll('\n', '\r\n'), 0),
    expected,
    `with CRLF: ${JSON.stringify(text)}`,
  );
}

describe('the first heading of a Markdown page', () => {
  it('may have either form and any level', () => {
    check('# A', 'A');
    check('text\n\n###### A ######  \n', 'A');
    check('A\n===', 'A');
    check('two\nlines\n---', 'two lines');
    check('   # A', 'A');
    check('text\n# A', 'A');
    check('#\tA', 'A');
  });
  it('is not what only looks like one', () => {
    check('#A', undefined);
    check('####### A', undefined);
    check('    # A', undefined);
    check('\t# A', undefined);
    check('\\# A', undefined);
    check('A\n\n===', undefined);
    check('a | b\n--- | ---', undefined);
    check('***\n---', undefined);
    check('[a]: /url\n===', undefined);
    check('> A\n===', undefined);
    check('- A\n---', undefined);
    check('- A\n===', undefined);
    check('1. A\nlazy\n===', undefined);
  });
  it('is looked for behind empty ones', () => {
    check('#\n##   ##\n# <!-- only a comment -->\n\n## B', 'B');
    check('-\nA\n===', 'A');
    check('> # quoted\nA\n===', 'A');
    check('- item\n---\nTitle\n===', 'Title');
  });
  it('is not inside a code fence, whatever its length', () => {
    check('```\n# A\n```\n# B', 'B');
    check('````md\n```\n# A\n```\n````\n# B', 'B');
    check('~~~\n```\n# A\n~~~~\n# B', 'B');
    check('```\n# A\n``` not the end\n# C\n```\n# B', 'B');
    check('``` a`b\n# B', 'B');
    check('```\n# A', undefined);
    check('- ```\n  # A\n  ```\n# B', 'B');
    check('- ```\n  # A\n# B', 'B');
    check('text\n```\n# A\n```\nB\n-', 'B');
  });
  it('is not inside a list item, however far it goes on', () => {
    check('- item\n  # A', undefined);
    check('- item\n\n  # A\n\n# B', 'B');
    check('10. item\n    # A\n   # B', 'B');
    check('- ```\n  # A\n\n  ```\n  # A\n# B', 'B');
    check('- item\n  - item\n\n    # A\n\ntext\n===', 'text');
    check('-\n\n  # A', 'A');
    check('- item\nlazy\n  # A\n', undefined);
    check('\t- code\n\n# B', 'B');
    check('-\titem\n\n    # A\n\n  # B', 'B');
  });
  it('is not a table, nor what follows the definition of a link', () => {
    check('| a | b |\n| - | - |\n| c | d |\n---', undefined);
    check('| a |\n| - | - |\n---', '| a | | - | - |');
    check('[a]:\n/url\nA\n===', 'A');
    check('[a]: /url "title"\nA\n===', 'A');
    check('[a]: not a definition\n===', '[a]: not a definition');
    check('<Buffer 08 00>\n```\n# A\n```\n# B', 'B');
    check('A\\\n===', 'A\\');
  });
  it('is not inside a comment or another block of HTML', () => {
    check('<!-- # A\n\n# A\n-->\n# B', 'B');
    check('<!-- one line -->\n# B', 'B');
    check('<div>\n# A\n</div>\n\n# B', 'B');
    check('<script>\n\n# A\n</script>\n# B', 'B');
    check('<a name="x"></a>\n# B', 'B');
    check('<br>\n# A\n\n# B', 'B');
    check('<!-- never closed\n# A', undefined);
  });
  it('may be an h1 of HTML, as on top of many README files', () => {
    check('<h1 align="center">\n  <img src="x" alt="Logo">\n  A &amp; B\n</h1>\n\n# C', 'A & B');
    check('<p align="center"><img src="x"></p>\n\n# C', 'C');
  });
});
