import * as vscode from 'vscode';
import { positionsOf } from '../core/project/position.ts';
import { projectFileName } from '../core/project/projectFileName.ts';
import type { Problem, TargetReport } from '../core/types.ts';
import type { Root } from './root.ts';
import type { Roots } from './roots.ts';

/** Names our entries in the Problems view. */
export const problemSource = 'Atomic Index';
/** The code of the entry that the quick fixes belong to. */
export const conflictCode = 'conflict';

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
    const { kind } = report.outcome;
    if (kind === 'conflict') found.push(ofConflict(root, report, report.outcome.message));
    // The problem of a source often is the reason as well.
    if (kind === 'failed' && !said.has(report.outcome.message)) {
      found.push(ofFailure(root, report, report.outcome.message));
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

function ofConflict(root: Root, report: TargetReport, message: string): [vscode.Uri, vscode.Diagnostic] {
  const found = diagnostic(new vscode.Range(0, 0, 1, 0), message, 'warning', conflictCode);
  found.relatedInformation = [
    new vscode.DiagnosticRelatedInformation(
      entryOf(root, report),
      vscode.l10n.t('The target that writes this file'),
    ),
  ];
  return [uriOf(root, report.target.output), found];
}

// At the entry and not at the output, which often doesn't exist.
function ofFailure(root: Root, report: TargetReport, message: string): [vscode.Uri, vscode.Diagnostic] {
  const { uri, range } = entryOf(root, report);
  return [uri, diagnostic(range, message, 'error', 'failed')];
}

function entryOf(root: Root, { target }: TargetReport): vscode.Location {
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
