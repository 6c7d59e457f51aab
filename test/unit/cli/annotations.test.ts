import assert from 'node:assert/strict';
import * as path from 'node:path';
import { printAnnotations } from '../../../src/cli/annotations.ts';
import type { Finding } from '../../../src/cli/findings.ts';

const base = path.resolve('/repository');

describe('annotations for GitHub', () => {
  const print = (finding: Partial<Finding>, root = base) => {
    const said = {
      severity: 'error',
      code: 'some',
      message: 'What.',
      relativePath: 'docs/a.md',
      line: 1,
    } as const;
    return printAnnotations([{ ...said, ...finding }], root, base);
  };

  it('are a line each, with file, place and title', () => {
    assert.equal(
      print({ line: 2, column: 3, endLine: 2, endColumn: 5 }),
      '::error file=docs/a.md,line=2,endLine=2,col=3,endColumn=5,title=Atomic Index%3A some::What.\n',
    );
    assert.match(print({ severity: 'warning' }), /^::warning file=docs\/a\.md,line=1,title=/);
    assert.match(print({ severity: 'information' }), /^::notice /);
    assert.equal(printAnnotations([], base, base), '');
  });

  it('leave out the columns of a place of several lines, which GitHub refuses', () => {
    assert.match(print({ column: 3, endLine: 2, endColumn: 5 }), /,line=1,endLine=2,title=/);
  });

  it('can not be broken out of, and say what was said', () => {
    const hostile = { message: '100%\r\n::add-mask::x', relativePath: 'a,line=9::b%\n.md', code: 'x:y,z' };
    const line = print(hostile);
    assert.equal(
      line,
      '::error file=a%2Cline=9%3A%3Ab%25%0A.md,line=1,title=Atomic Index%3A x%3Ay%2Cz::100%25%0D%0A::add-mask::x\n',
    );
    assert.equal(decodeURIComponent(/file=([^,]*),/.exec(line)?.[1] ?? ''), hostile.relativePath);
  });

  it('name files from the repository on, also when the project is a folder of it or elsewhere', () => {
    assert.match(print({}, path.join(base, 'packages', 'one')), /file=packages\/one\/docs\/a\.md,/);
    const elsewhere = path.resolve('/elsewhere');
    const expected = path.join(elsewhere, 'docs', 'a.md').replaceAll(':', '%3A');
    assert.ok(print({}, elsewhere).includes(`file=${expected},`));
    assert.match(print({ relativePath: '..a.md' }), /file=\.\.a\.md,/);
  });
});
