import * as vscode from 'vscode';
import { previewScheme } from '../preview.ts';

/** Gives the file of the active editor; in a preview, the file that it is about. */
export function activeFile(): vscode.Uri | undefined {
  return fileOf(vscode.window.activeTextEditor?.document.uri);
}

/** Gives the file on disk that a URI means, where the URI may be of a preview's text. */
export function fileOf(uri: vscode.Uri | undefined): vscode.Uri | undefined {
  return uri?.scheme === previewScheme ? uri.with({ scheme: 'file', query: '' }) : uri;
}
