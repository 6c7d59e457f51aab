import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding } from './findings.ts';

const levels = { error: 'error', warning: 'warning', information: 'note' } as const;

/** Names the folder that relative addresses begin at, as other tools name it too. */
const base = '%SRCROOT%';

export type SarifRun = {
  readonly absoluteRoot: string;
  /** The folder that addresses are relative to, usually that of the repository. */
  readonly absoluteBase: string;
  readonly version: string;
  readonly isCancelled: boolean;
};

/**
 * Prints findings in the Static Analysis Results Interchange Format, version 2.1.0
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), with what GitHub asks for beyond it.
 */
export function printSarif(findings: readonly Finding[], run: SarifRun): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Atomic Index',
            version: run.version,
            informationUri: 'https://github.com/atomic-index/atomic-index#readme',
            rules: codes.map(ruleOf),
          },
        },
        invocations: [{ executionSuccessful: !run.isCancelled }],
        originalUriBaseIds: { [base]: { uri: folderUri(run.absoluteBase) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, codes, run)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string): unknown {
  const text = `${code.slice(0, 1).toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;
  const help = { text: 'The message of each result says what happened and what to do next.' };
  return { id: code, shortDescription: { text }, fullDescription: { text }, help };
}

function resultOf(finding: Finding, codes: readonly string[], run: SarifRun): unknown {
  const { code, severity, message, relativePath, line, column, endLine, endColumn } = finding;
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: addressOf(path.join(run.absoluteRoot, relativePath), run.absoluteBase),
          region,
        },
      },
    ],
  };
}

type Address = { readonly uri: string; readonly uriBaseId?: string };

function addressOf(absolutePath: string, absoluteBase: string): Address {
  const uri = pathToFileURL(absolutePath).href;
  const folder = folderUri(absoluteBase);
  if (!uri.startsWith(folder)) return { uri };
  // Before the first slash a colon would end the name of a scheme.
  return { uri: uri.slice(folder.length).replaceAll(':', '%3A'), uriBaseId: base };
}

function folderUri(absoluteFolder: string): string {
  return `${pathToFileURL(absoluteFolder).href.replace(/\/$/, '')}/`;
}
