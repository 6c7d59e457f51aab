import assert from 'node:assert/strict';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { simpleYaml } from '../../../../src/core/facts/simpleYaml.ts';

/** What the parser makes of a text; nothing when it refuses it. */
function parsed(content: string): string | undefined {
  try {
    return JSON.stringify(load(content.trimEnd(), { schema: FAILSAFE_SCHEMA }));
  } catch {
    return undefined;
  }
}

describe('simple front matter', () => {
  it('is read without the parser: lines of plain and quoted text', () => {
    const content =
      'title: 1.10 ways to go\ndate: 2024-01-02T10:00:00Z\nurl: https://example.org/a?b\n\nx_y-z: "a: #b"\r\nq: \'c\'\n';
    assert.equal(
      JSON.stringify(simpleYaml(content)),
      '{"title":"1.10 ways to go","date":"2024-01-02T10:00:00Z","url":"https://example.org/a?b","x_y-z":"a: #b","q":"c"}',
    );
    assert.equal(parsed(content), JSON.stringify(simpleYaml(content)));
    assert.equal(Object.getPrototypeOf(simpleYaml('__proto__: a')), null);
  });
  it('is left to the parser where a line could mean anything else', () => {
    for (const line of [
      'a:',
      'a: b: c',
      'a: b #c',
      'a: b:',
      'a: [b]',
      'a: "b\\n"',
      "a: 'b''c'",
      'a: |',
      'a: &x b',
      'a: b\n  c',
      '- a',
      'a: b\na: c',
      'a: b\tc',
      'a: \u00a0b',
      '# c',
      ' a: b',
    ]) {
      assert.equal(simpleYaml(line), undefined, line);
    }
  });

  const pieces =
    'a|b: |key: |title: |date: |"|\'| |  |\n|\n|:|: | :|#| #|-|- |[|]|{|}|,|&x|*x|!t|%|@|`|~|null|yes|1.10|0x1|é|日本|😀|\u00a0|\t|\r|\\|/|?|>|<|=|...|---|https://x'.split(
      '|',
    );
  let seed = 20_240_610;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };

  it(`is what the parser says whenever it is read at all (seed ${seed})`, () => {
    let read = 0;
    for (let round = 0; round < 30_000; round++) {
      const text = Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)]).join('');
      const content = `${['title: ', 'a: ', ''][next(3)]}${text}\nlast: one\n`;
      const simple = simpleYaml(content);
      if (simple === undefined) continue;
      read++;
      assert.equal(JSON.stringify(simple), parsed(content), JSON.stringify(content));
    }
    assert.ok(read > 2000, `${read} were read`);
  }).timeout(20_000);
});
