import * as path from 'node:path';
import type { Finding } from './findings.ts';

const commands = { error: 'error', warning: 'warning', information: 'notice' } as const;

/**
 * Prints findings as workflow commands, which GitHub shows at their lines in a pull request
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands). It takes paths for relative to
 * the repository, which is `absoluteBase` here.
 */
export function printAnnotations(
  findings: readonly Finding[],
  absoluteRoot: string,
  absoluteBase: string,
): string {
  return findings.map((finding) => `${commandOf(finding, absoluteRoot, absoluteBase)}\n`).join('');
}

function commandOf(
  { severity, code, message, relativePath, line, column, endLine, endColumn }: Finding,
  absoluteRoot: string,
  absoluteBase: string,
): string {
  const properties = {
    file: fileOf(path.join(absoluteRoot, relativePath), absoluteBase),
    line,
    endLine,
    // Columns of a place of several lines are refused.
    ...(endLine === undefined || endLine === line ? { col: column, endColumn } : {}),
    title: `Atomic Index: ${code}`,
  };
  const written = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`],
  );
  return `::${commands[severity]} ${written.join(',')}::${escapeMessage(message)}`;
}

function fileOf(absolutePath: string, absoluteBase: string): string {
  const relative = path.relative(absoluteBase, absolutePath).split(path.sep).join('/');
  return relative.startsWith('../') || path.isAbsolute(relative) ? absolutePath : relative;
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
