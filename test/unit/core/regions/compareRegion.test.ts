import assert from 'node:assert/strict';
import * as prettier from 'prettier';
import { compareRegion } from '../../../../src/core/regions/compareRegion.ts';
import { fill, languages } from './files.ts';

const target = { output: 'a.md', region: { id: 'list' } };
const page = (content: string) =>
  `# Page\n\n<!-- atomic-index:begin id=list -->\n${content}<!-- atomic-index:end -->\n\nText.\n`;

describe('a region', () => {
  for (const [output, { begin, end }] of Object.entries(languages)) {
    it(`is filled, found unchanged, refilled, and protected: ${output}`, () => {
      const old = Buffer.from(`before\n\n${begin}\n${end}\n\nafter\n`);
      const first = fill(old, '- one\n- two\n', output);
      const text = Buffer.from(first).toString();
      assert.match(
        text,
        /^before\n\n[^\n]+id=list[^\n]*\n\n?- one\n- two\n\n?[^\n]+ id=list checksum=[0-9a-f.]+[^\n]*\n\nafter\n$/,
      );
      assert.equal(fill(first, '- one\n- two\n', output), first);
      const second = Buffer.from(fill(first, '- three\n', output)).toString();
      assert.match(second, /- three/);
      assert.doesNotMatch(second, /- one/);
      const edited = Buffer.from(text.replace('two', 'too'));
      const comparison = compareRegion(edited, '- x\n', { ...target, output }, false);
      assert.equal(comparison.kind === 'conflict' && comparison.reason, 'edited');
    });
  }

  it('keeps the indentation of its markers, and blank lines free of it', () => {
    const old = '- item\n\n  <!-- atomic-index:begin id=list -->\n  <!-- atomic-index:end -->\n- next\n';
    const text = Buffer.from(fill(Buffer.from(old), 'a\n\n- b\n  - c\n', 'a.md')).toString();
    assert.match(
      text,
      /^- item\n\n {2}<!--.*-->\n\n {2}a\n\n {2}- b\n {4}- c\n\n {2}<!--.*checksum.*-->\n- next\n$/,
    );
    assert.equal(compareRegion(Buffer.from(text), 'a\n\n- b\n  - c\n', target, false).kind, 'unchanged');
  });

  it('gets a checksum although the text is the right one already', () => {
    const text = Buffer.from(fill(Buffer.from(page('\n- one\n\n')), '- one\n', 'a.md')).toString();
    assert.match(text, /checksum=/);
  });

  it('is known again when its checksum is all digits, with a zero before them', () => {
    const filled = fill(
      Buffer.from('# atomic-index:begin id=list\n# atomic-index:end\n'),
      '- 1709\n',
      'a.py',
    );
    assert.match(Buffer.from(filled).toString(), /checksum=0114813054669884$/m);
    assert.equal(fill(filled, '- 1709\n', 'a.py'), filled);
    assert.notEqual(fill(filled, '- 1710\n', 'a.py'), filled);
  });

  it('is left alone when it holds a text that nobody knows, until the user says so', () => {
    const foreign = Buffer.from(page('My own words.\n'));
    const comparison = compareRegion(foreign, '- one\n', target, false);
    assert.equal(comparison.kind === 'conflict' && comparison.reason, 'not-generated');
    assert.equal(compareRegion(foreign, '- one\n', target, true).kind, 'update');
  });

  it('is emptied, and filled again', () => {
    const empty = fill(fill(Buffer.from(page('')), '- one\n', 'a.md'), '', 'a.md');
    assert.match(Buffer.from(empty).toString(), /begin id=list -->\n<!-- atomic-index:end/);
    assert.match(Buffer.from(fill(empty, '- two\n', 'a.md')).toString(), /two/);
  });

  it('says what to put in where there is none', () => {
    const check = (bytes: Uint8Array | null, message: RegExp) => {
      const comparison = compareRegion(bytes, 'x', target, false);
      assert.match(comparison.kind === 'failed' ? comparison.message : comparison.kind, message);
    };
    check(null, /a\.md does not exist/);
    check(
      Buffer.from('# Page'),
      /no region "list"\. Put in these two lines: <!-- atomic-index:begin id=list --> and <!-- atomic-index:end -->/,
    );
    check(Buffer.from(`${page('')}<!-- atomic-index:end -->`), /left alone for its markers: line 7/);
  });

  it('is not filled with what would open or close regions, or hide the end', () => {
    for (const body of [
      '<!-- atomic-index:end -->',
      '<!-- atomic-index:begin id=b -->',
      '```\ncode',
      '<!--',
    ]) {
      assert.equal(compareRegion(Buffer.from(page('')), body, target, false).kind, 'failed', body);
    }
    const quoted = '```html\n<!-- atomic-index:end -->\n```\n';
    assert.equal(compareRegion(Buffer.from(page('')), quoted, target, false).kind, 'update');
  });
});

describe('what stands around a region', () => {
  let seed = 40_923;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const oneOf = <T>(all: readonly T[]): T => {
    const found = all[next(all.length)];
    assert.ok(found !== undefined);
    return found;
  };
  const bytes = (...all: number[]) => Buffer.from(all).toString('latin1');
  const ends = ['\n', '\r\n', '\r', '\n\n', '\r\n\r\n'];
  const words = [
    'text',
    '# Title',
    '- item',
    '   indented',
    '',
    ' ',
    '\t',
    'ü'.repeat(3),
    '| a | b |',
    '---',
    '> quote',
    '***',
    bytes(0xef, 0xbb, 0xbf),
    bytes(0xff, 0xfe),
    bytes(0xc3),
    bytes(0xe9, 0x20),
    bytes(0xf0, 0x9f, 0x98),
    bytes(0x80),
    '\x0b\x0c',
    '`code`',
    '    code',
    '<b>x</b>',
  ];

  it(`comes out byte for byte, in any language, encoding and style (seed ${seed})`, () => {
    let filled = 0;
    for (let round = 0; round < 1000; round++) {
      const [output, { begin, end }] = oneOf(Object.entries(languages));
      const piece = () => Array.from({ length: next(8) }, () => oneOf(words) + oneOf(ends)).join('');
      const lineEnd = oneOf(['\n', '\r\n', '\r']);
      const indent = oneOf(
        ['', '', ' ', '  ', '\t'].filter((one) => one !== '\t' || !/\.mdx?$/.test(output)),
      );
      // No front matter at the top, and a blank line below, so that no list goes on to the region.
      const before = `${oneOf(['', bytes(0xef, 0xbb, 0xbf)])}top\n${piece()}text${lineEnd}${lineEnd}`;
      const after = oneOf(['', ' ', '  ']) + oneOf(['', lineEnd + piece()]);
      const old = Buffer.from(`${before}${indent}${begin}${lineEnd}${indent}${end}${after}`, 'latin1');
      const bodies = ['- one\n- zwei ü\n', 'x\n\ny\n', '', 'long '.repeat(50)];
      let now: Uint8Array = old;
      for (let step = 0; step < 3; step++) {
        const body = oneOf(bodies);
        now = fill(now, body, output);
        const text = Buffer.from(now).toString('latin1');
        const context = JSON.stringify({ output, text, body });
        assert.ok(text.startsWith(`${before}${indent}${begin}${lineEnd}`), context);
        assert.ok(text.endsWith(after), context);
        const inside = text.slice(before.length, text.length - after.length);
        assert.ok(
          body === '' || inside.includes(Buffer.from(body.split('\n')[0] ?? '').toString('latin1')),
          context,
        );
        assert.equal(inside.replaceAll(lineEnd, '').match(/[\r\n]/), null, context);
        assert.equal(fill(now, body, output), now, context);
        filled++;
      }
    }
    assert.equal(filled, 3000);
  }).timeout(20_000);
});

describe('a region that mdformat went over', () => {
  // A Python program, so not run here: what its documentation (mdformat.readthedocs.io, "Style") says that it does.
  it('keeps its markers, and is unchanged and still ours', () => {
    const body = '- [One](one.md): *long*\n  - [Two_x](two.md)\n\n1. first\n2. second\n\n***\n';
    const filled = Buffer.from(fill(Buffer.from(page('')), body, 'a.md')).toString();
    // Bullets of `-`, numbers of `1.`, thematic breaks of 70 underscores, blank lines around blocks, HTML as it is.
    const formatted = filled.replace('2. second', '1. second').replace('***', '_'.repeat(70));
    assert.notEqual(formatted, filled);
    const bytes = Buffer.from(formatted);
    assert.equal(fill(bytes, body, 'a.md'), bytes);
    assert.notEqual(fill(bytes, body.replace('One', 'Won'), 'a.md'), bytes);
  });
});

describe('a region that prettier went over', () => {
  const bodies: Readonly<Record<string, string>> = {
    'a.md':
      '- [One](one.md): a *long* description with_underscores that goes on and on and on and on and on\n  - [Two](two.md)\n- three\n',
    'a.mdx': '- [One](one.md)\n  - [Two](two.md)\n',
    'a.ts': `export { one, two, three } from './one.js';\nexport type { Four } from './four.js';\n`,
    'a.css': `.a,.b{color:red;background:url('x.png')}\n`,
    'a.scss': `@use 'a';\n@use 'b';\n`,
    'a.yml': "- 'one'\n- two: three\n",
    'a.html': '<ul>\n<li><a href="one.html">One</a></li>\n</ul>\n',
    'a.vue': '<a href="one.html">One</a>\n',
  };
  const around: Readonly<Record<string, readonly [string, string]>> = {
    'a.md': ['# Page\nText.\n\n* a list\n', '\n\nmore\n'],
    'a.mdx': ['# Page\n\n', '\n\nmore\n'],
    'a.ts': [`const a = 'b'\n`, '\nconst c = 1\n'],
    'a.vue': ['<template>\n<div>\n', '\n</div>\n</template>\n'],
    'a.html': ['<!doctype html>\n<body>\n', '\n</body>\n'],
    'a.yml': ['list:\n', '\nother: 1\n'],
  };
  const styles: Readonly<Record<string, readonly [string, string]>> = {
    'a.mdx': ['{/*', ' */}'],
    'a.css': ['/*', ' */'],
    'a.yml': ['#', ''],
    'a.ts': ['//', ''],
    'a.scss': ['//', ''],
  };
  for (const [output, body] of Object.entries(bodies)) {
    for (const setup of [
      {},
      { tabWidth: 4, printWidth: 50, proseWrap: 'always', singleQuote: true },
    ] as const) {
      it(`keeps its markers, and is unchanged and still ours: ${output} ${JSON.stringify(setup)}`, async () => {
        const [before, after] = around[output] ?? ['', '\n'];
        const [open, close] = styles[output] ?? ['<!--', ' -->'];
        const begin = `${open} atomic-index:begin id=list generator=markdown-index title="A 'title', quoted" include=[a.md, "b c.md"]${close}`;
        const old = Buffer.from(`${before}${begin}\n${open} atomic-index:end${close}${after}`);
        const filled = fill(old, body, output);
        const formatted = Buffer.from(
          await prettier.format(Buffer.from(filled).toString(), { ...setup, filepath: output }),
        );
        assert.ok(formatted.includes(begin), formatted.toString());
        assert.equal(Buffer.from(fill(formatted, body, output)).toString(), formatted.toString());
        const twice = await prettier.format(Buffer.from(formatted).toString(), {
          ...setup,
          filepath: output,
        });
        assert.equal(twice, formatted.toString());
        assert.notEqual(fill(formatted, body.replace(/one|red|'a'/i, 'other'), output), formatted);
        const edited = Buffer.from(formatted.toString().replace(/two|red|One|@use .b/, 'zwei'));
        const comparison = compareRegion(edited, 'x\n', { output, region: { id: 'list' } }, false);
        assert.equal(comparison.kind, 'conflict', edited.toString());
      });
    }
  }
});
