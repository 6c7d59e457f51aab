import assert from 'node:assert/strict';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import type { Finding } from '../../../src/cli/findings.ts';
import { printSarif } from '../../../src/cli/sarif.ts';

const text = v.object({ text: v.pipe(v.string(), v.minLength(1)) });
const place = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What the standard demands, and what GitHub demands beyond it, of the parts that we write. */
const schema = v.strictObject({
  $schema: v.pipe(v.string(), v.url()),
  version: v.literal('2.1.0'),
  runs: v.strictTuple([
    v.strictObject({
      tool: v.strictObject({
        driver: v.strictObject({
          name: v.literal('Atomic Index'),
          version: v.string(),
          informationUri: v.pipe(v.string(), v.url()),
          rules: v.array(
            v.strictObject({ id: v.string(), shortDescription: text, fullDescription: text, help: text }),
          ),
        }),
      }),
      invocations: v.strictTuple([v.strictObject({ executionSuccessful: v.boolean() })]),
      originalUriBaseIds: v.strictObject({ '%SRCROOT%': v.strictObject({ uri: v.string() }) }),
      columnKind: v.literal('utf16CodeUnits'),
      results: v.array(
        v.strictObject({
          ruleId: v.string(),
          ruleIndex: v.pipe(v.number(), v.integer(), v.minValue(0)),
          level: v.picklist(['error', 'warning', 'note']),
          message: text,
          locations: v.strictTuple([
            v.strictObject({
              physicalLocation: v.strictObject({
                artifactLocation: v.strictObject({
                  uri: v.string(),
                  uriBaseId: v.optional(v.literal('%SRCROOT%')),
                }),
                region: v.strictObject({
                  startLine: place,
                  startColumn: v.optional(place),
                  endLine: v.optional(place),
                  endColumn: v.optional(place),
                }),
              }),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

describe('SARIF', () => {
  const absoluteBase = path.resolve('/the repository');
  const said = {
    severity: 'error',
    code: 'out-of-date',
    message: 'What.',
    relativePath: 'a.md',
    line: 1,
  } as const;
  const print = (findings: readonly Finding[], absoluteRoot = absoluteBase, isCancelled = false) => {
    const printed = printSarif(findings, { absoluteRoot, absoluteBase, version: '1.2.3', isCancelled });
    return v.parse(schema, JSON.parse(printed)).runs[0];
  };

  it('has all that is required, also when nothing was found', () => {
    const { tool, results, invocations } = print([]);
    assert.deepEqual([tool.driver.rules, results, tool.driver.version], [[], [], '1.2.3']);
    assert.deepEqual(invocations, [{ executionSuccessful: true }]);
    assert.deepEqual(print([], absoluteBase, true).invocations, [{ executionSuccessful: false }]);
  });

  it('gives each result its rule, once, with level, message and place', () => {
    const { tool, results } = print([
      { ...said, line: 3, column: 1, endLine: 3, endColumn: 9 },
      { ...said, code: 'no-sources', severity: 'warning' },
      { ...said, code: 'generated-orphan', severity: 'information' },
      said,
    ]);
    const { rules } = tool.driver;
    assert.deepEqual(
      rules.map(({ id }) => id),
      ['generated-orphan', 'no-sources', 'out-of-date'],
    );
    assert.equal(rules[2]?.shortDescription.text, 'Out of date');
    for (const { ruleId, ruleIndex } of results) assert.equal(rules[ruleIndex]?.id, ruleId);
    assert.deepEqual(
      results.map(({ level }) => level),
      ['error', 'warning', 'note', 'error'],
    );
    const region = results[0]?.locations[0].physicalLocation.region;
    assert.deepEqual(region, { startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 });
  });

  const check = (name: string, relativePath: string, expected: string, root = absoluteBase) =>
    it(`has addresses that lead to the file: ${name}`, () => {
      const { results, originalUriBaseIds } = print([{ ...said, relativePath }], root);
      const address = results[0]?.locations[0].physicalLocation.artifactLocation;
      assert.deepEqual(address, { uri: expected, uriBaseId: '%SRCROOT%' });
      const whole = new URL(expected, originalUriBaseIds['%SRCROOT%'].uri);
      assert.equal(fileURLToPath(whole), path.join(root, relativePath));
    });

  check('plain', 'docs/a.md', 'docs/a.md');
  check('letters that mean something', 'a b/100%#?é.md', 'a%20b/100%25%23%3F%C3%A9.md');
  check(
    'a project in a folder of the repository',
    'a.md',
    'packages/one/a.md',
    path.join(absoluteBase, 'packages/one'),
  );
  // Windows has no such names.
  if (process.platform !== 'win32') check('what looks like a scheme', 'http:a.md', 'http%3Aa.md');

  it('has whole addresses for files outside the repository', () => {
    const root = path.resolve('/the repository too');
    const { results } = print([said], root);
    const { uri, uriBaseId } = results[0]?.locations[0].physicalLocation.artifactLocation ?? {};
    assert.equal(uriBaseId, undefined);
    assert.equal(fileURLToPath(uri ?? ''), path.join(root, 'a.md'));
  });
});
