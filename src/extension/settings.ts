import * as vscode from 'vscode';
import type { LockScope } from '../core/regenerate.ts';

/** Which saves start a run: none, those the user asked for, or the editor's automatic ones too. */
export type SaveRuns = 'off' | 'manualSave' | 'anySave';

const section = 'atomicIndex';

/** Reads whether automatic runs are on for a folder. */
export function isEnabled(folder: vscode.Uri): boolean {
  return readBoolean('enabled', folder);
}

/** Reads which saves start a run in a folder. */
export function saveRuns(folder: vscode.Uri): SaveRuns {
  const value = read('runOn.save', folder);
  return value === 'off' || value === 'anySave' ? value : 'manualSave';
}

/** Reads whether created, renamed, deleted and outside changes start a run in a folder. */
export function runsOnFileChange(folder: vscode.Uri): boolean {
  return readBoolean('runOn.fileChange', folder);
}

/** Reads how long it must be quiet before an automatic run, in ms. */
export function debounceMs(): number {
  return readNumber('debounceMs', 300, undefined);
}

/** Reads how many files a scan of a folder may find. */
export function maxFilesPerScan(folder: vscode.Uri): number {
  return readNumber('maxFilesPerScan', 20_000, folder);
}

/** Reads whom the locks of a folder keep out. */
export function lockScope(folder: vscode.Uri): LockScope {
  const value = read('lockScope', folder);
  return value === 'host' || value === 'volume' ? value : 'auto';
}

/** Reads how long to wait for another process at work on the same output, in ms. */
export function lockTimeoutMs(folder: vscode.Uri): number {
  return readNumber('lockTimeoutMs', 30_000, folder);
}

/** Reads whether a command that meets a conflict or a failure may show a notification. */
export function mayNotify(): boolean {
  return read('notify', undefined) !== 'never';
}

// A settings file can hold anything, so no value is believed before it was looked at.
function read(key: string, folder: vscode.Uri | undefined): unknown {
  return vscode.workspace.getConfiguration(section, folder).get<unknown>(key);
}

function readBoolean(key: string, folder: vscode.Uri): boolean {
  return read(key, folder) !== false;
}

function readNumber(key: string, fallback: number, folder: vscode.Uri | undefined): number {
  const value = read(key, folder);
  return typeof value === 'number' && value >= 0 ? value : fallback;
}
