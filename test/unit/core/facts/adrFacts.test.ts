import assert from 'node:assert/strict';
import { readAdrFacts } from '../../../../src/core/facts/adrFacts.ts';
import type { DecisionFacts } from '../../../../src/core/types.ts';

function check(
  text: string,
  expected: Omit<Partial<DecisionFacts>, 'kind'>,
  relativePath = '0007-title.md',
): void {
  const { facts, problems } = readAdrFacts(text, '.md', relativePath);
  assert.deepEqual(facts, { kind: 'decision', number: 7, supersedes: [], supersededBy: [], ...expected });
  assert.deepEqual(problems, []);
}

describe('a decision record', () => {
  it('is read as MADR writes it, in front matter', () => {
    check('---\nstatus: accepted\ndate: 2024-03-01\n---\n# Use tides\n\n## Context and Problem Statement\n', {
      title: 'Use tides',
      status: 'Accepted',
      date: '2024-03-01',
    });
    check('---\nstatus: "superseded by [ADR-0009](0009-use-moon.md)"\ndate: 2024-03-01\n---\n# Use tides\n', {
      title: 'Use tides',
      status: 'Superseded',
      date: '2024-03-01',
      supersededBy: [{ path: '0009-use-moon.md', line: 2 }],
    });
    check('---\nstatus: superseded by ADR-0123 on 2024-05-06\n---\n# A\n', {
      title: 'A',
      status: 'Superseded',
      supersededBy: [{ number: 123, line: 2 }],
    });
    check('+++\nstatus = "proposed"\nsupersedes = ["3", "ADR-4"]\n+++\n# A\n', {
      title: 'A',
      status: 'Proposed',
      supersedes: [
        { number: 3, line: 3 },
        { number: 4, line: 3 },
      ],
    });
  });

  it('is read as older MADR writes it, in a list', () => {
    check('# Use tides\n\n* Status: accepted\n* Deciders: A, B\n* Date: 2020-02-03\n\n## Context\n', {
      title: 'Use tides',
      status: 'Accepted',
      date: '2020-02-03',
    });
    check('# A\n\n- **Status**: superseeded by [ADR-0005](0005-x%20y.md#why) <!-- optional -->\n', {
      title: 'A',
      status: 'Superseded',
      supersededBy: [{ path: '0005-x y.md', line: 3 }],
    });
    check(
      '# A\n\n* Status: rejected\n\n## Links <!-- optional -->\n\n* [Supersedes] [ADR-0003](0003-x.md)\n* Supersedes [4](https://x.org/0004.md)\n',
      { title: 'A', status: 'Rejected', supersedes: [{ path: '0003-x.md', line: 7 }] },
    );
  });

  it('is read as adr-tools writes it, in a section', () => {
    check(
      '# 7. Use tides\r\n\r\nDate: 2020-01-01\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\nSupersedes [3. Old](0003-old.md)\r\n\r\n## Context\r\n\r\nThe * Status: of all this.\r\n',
      {
        title: 'Use tides',
        status: 'Accepted',
        date: '2020-01-01',
        supersedes: [{ path: '0003-old.md', line: 9 }],
      },
    );
    check(
      '# 7. A\n\n## Status\n\nSuperceded by [8. B](0008-b.md)\n\nAmends [2. C](0002-c.md)\n\n## Context\n',
      {
        title: 'A',
        status: 'Superseded',
        supersededBy: [{ path: '0008-b.md', line: 5 }],
      },
    );
    check('# A\n\n## Status\n\n**Deprecated**, see below.\n\n## Decision\n\nStatus: 404 is sent.\n', {
      title: 'A',
      status: 'Deprecated, see below',
    });
  });

  it('has its number from the front matter, the name or the heading, in this order', () => {
    const number = (text: string, name: string) => readAdrFacts(text, '.md', name).facts.number;
    assert.equal(number('---\nnumber: 12\n---\n# 3. A', '0001-a.md'), 12);
    assert.equal(number('---\nid: ADR-0012\n---\n# A', 'a.md'), 12);
    assert.equal(number('---\nid: harbour\n---\n# A', 'x/adr-001.md'), 1);
    assert.equal(number('# A', 'ADR_002_x.md'), 2);
    assert.equal(number('# 3: A', '12.md'), 12);
    assert.equal(number('# ADR-014 - A', 'x.md'), 14);
    assert.equal(number('# A', '2020-01-01-a.md'), undefined);
    assert.equal(number('# A', 'adr.md'), undefined);
    assert.equal(number('# 3D charts', 'charts.md'), undefined);
  });

  it('keeps numbers in the title that are not its own', () => {
    check('# 2024: the year of the harbour\n', { title: '2024: the year of the harbour' });
    check('# ADR-007: Tides\n', { title: 'Tides' });
    check('# 7 – Tides\n', { title: 'Tides' });
  });

  it('does not take for said what a template, code or a comment says', () => {
    check(
      '---\nstatus: "{proposed | superseded by [ADR-0005](0005-example.md)}"\ndate: {YYYY-MM-DD}\n---\n# A\n',
      { title: 'A' },
    );
    check(
      '# A\n\n* Status: [accepted | superseeded by [ADR-0005](0005-example.md) | …] <!-- optional -->\n',
      {
        title: 'A',
      },
    );
    check(
      '# A\n\n```\n* Status: accepted\n```\n<!--\n* Status: rejected\nSupersedes 3\n-->\n\n    Date: x\n',
      {
        title: 'A',
      },
    );
  });

  it('is read in time that grows with its length only', () => {
    const hostile = `# A\n${'*'.repeat(50_000)}\n${'| '.repeat(50_000)}\n${'<!--'.repeat(50_000)}\n`;
    assert.equal(readAdrFacts(hostile, '.md', '1-a.md').facts.title, 'A');
  });
});
