import * as vscode from 'vscode';
import { hasText } from '../core/conflicts.ts';
import { positionsOf } from '../core/project/position.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import { findBlocks } from '../core/regions/findBlocks.ts';
import type { Problem, TargetReport } from '../core/types.ts';
import type { Root } from './root.ts';
import type { Roots } from './roots.ts';

/** Names our entries in the Problems view. */
export const problemSource = 'Atomic Index';
/** Begins the code of the entries that the quick fixes belong to; the reason follows, and `#` and the id of a region. */
export const conflictCode = 'conflict-';

/** Keeps the Problems view equal to what the last runs found; what is solved goes away. */
export function registerProblems(roots: Roots): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('atomic-index');
  let shown: readonly vscode.Uri[] = [];
  const draw = (): void => {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const root of roots.all) {
      for (const [uri, diagnostic] of diagnosticsOf(root)) {
        const entry = byFile.get(uri.toString()) ?? [uri, []];
        entry[1].push(diagnostic);
        byFile.set(uri.toString(), entry);
      }
    }
    for (const uri of shown) if (!byFile.has(uri.toString())) collection.delete(uri);
    const entries = [...byFile.values()];
    collection.set(entries);
    shown = entries.map(([uri]) => uri);
  };
  draw();
  return vscode.Disposable.from(collection, roots.onDidChange(draw));
}

function diagnosticsOf(root: Root): [vscode.Uri, vscode.Diagnostic][] {
  const { problems, targets } = root.state;
  const said = new Set(problems.map(({ message }) => message));
  const found = problems.map((problem): [vscode.Uri, vscode.Diagnostic] => [
    uriOf(root, problem.relativePath),
    toDiagnostic(problem),
  ]);
  for (const report of targets.values()) {
    const { outcome } = report;
    if (outcome.kind === 'conflict') found.push(ofConflict(root, report, outcome));
    // The problem of a source often is the reason as well.
    if (outcome.kind === 'failed' && !said.has(outcome.message)) {
      found.push(ofFailure(root, report, outcome.message));
    }
  }
  return found;
}

function toDiagnostic({ severity, code, message, ...place }: Problem): vscode.Diagnostic {
  const line = Math.max(0, (place.line ?? 1) - 1);
  const column = Math.max(0, (place.column ?? 1) - 1);
  const endLine = Math.max(line, (place.endLine ?? place.line ?? 1) - 1);
  const endColumn = Math.max(0, (place.endColumn ?? place.column ?? 1) - 1);
  return diagnostic(new vscode.Range(line, column, endLine, endColumn), message, severity, code);
}

function ofConflict(root: Root, report: TargetReport, outcome: Conflict): [vscode.Uri, vscode.Diagnostic] {
  const { output, region } = report.target;
  const { message, reason, oldText } = outcome;
  const entry = entryOf(root, report);
  const code = `${conflictCode}${reason}${region === undefined ? '' : `#${region.id}`}`;
  // A folder or a binary file has no line to show anything at.
  if (!hasText(reason)) return [entry.uri, diagnostic(entry.range, message, 'warning', code)];
  const line = region === undefined ? 0 : lineOfRegion(oldText, output, region.id);
  const found = diagnostic(new vscode.Range(line, 0, line + 1, 0), message, 'warning', code);
  found.relatedInformation = [
    new vscode.DiagnosticRelatedInformation(entry, vscode.l10n.t('The target that writes this file')),
  ];
  return [uriOf(root, output), found];
}

type Conflict = Extract<TargetReport['outcome'], { kind: 'conflict' }>;

/** From 0. */
function lineOfRegion(text: string, output: string, id: string): number {
  const block = findBlocks(Buffer.from(text), output).blocks.find((one) => one.id === id);
  return (block?.line ?? 1) - 1;
}

// At the entry and not at the output, which often doesn't exist.
function ofFailure(root: Root, report: TargetReport, message: string): [vscode.Uri, vscode.Diagnostic] {
  const { uri, range } = entryOf(root, report);
  return [uri, diagnostic(range, message, 'error', 'failed')];
}

function entryOf(root: Root, { target }: TargetReport): vscode.Location {
  if (target.region?.line !== undefined) {
    const line = target.region.line - 1;
    return new vscode.Location(uriOf(root, target.output), new vscode.Range(line, 0, line + 1, 0));
  }
  const { line, column, endLine, endColumn } = positionsOf(root.state.project.text ?? '', target.range);
  const range = new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
  return new vscode.Location(uriOf(root, projectFileName), range);
}

function diagnostic(
  range: vscode.Range,
  message: string,
  severity: Problem['severity'],
  code: string,
): vscode.Diagnostic {
  const severities = {
    error: vscode.DiagnosticSeverity.Error,
    warning: vscode.DiagnosticSeverity.Warning,
    information: vscode.DiagnosticSeverity.Information,
  };
  const made = new vscode.Diagnostic(range, message, severities[severity]);
  made.source = problemSource;
  made.code = code;
  return made;
}

function uriOf(root: Root, relativePath: string): vscode.Uri {
  return vscode.Uri.joinPath(root.folder.uri, relativePath);
}
