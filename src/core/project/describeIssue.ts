import type * as v from 'valibot';

/** Says what is wrong with a value and what was expected. */
export function describeIssue(issue: v.BaseIssue<unknown>, knownKeys: readonly string[]): string {
  const name = (issue.path ?? []).map((item) => String(item.key)).join('.');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `Unknown key "${name}". Known: ${knownKeys.map((key) => `"${key}"`).join(', ')}.`;
  }
  // Said by a generator of another extension about its own options.
  if (issue.type === 'raw_check') return issue.message;
  if (issue.received === 'undefined') return `The key "${name}" is missing.`;
  if (issue.type === 'non_empty') return `"${name}" must not be empty.`;
  if (issue.type === 'regex' || issue.type === 'url') return `"${name}" ${issue.message}.`;
  const subject = name === '' ? 'A target' : `"${name}"`;
  return `${subject} can't be ${issue.received}. Expected ${(issue.expected ?? 'another value').replace(/^\((.*)\)$/, '$1').replaceAll(' | ', ' or ')}.`;
}
