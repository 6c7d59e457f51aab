import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** The user settings every host starts with: quiet, nothing online, and the same behaviour on web and desktop. */
export const defaultUserSettings: Settings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // The web workbench saves by itself after a second unless told otherwise, so no test would ever see a dirty editor.
  'files.autoSave': 'off',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Reads a settings.json (plain JSON, no comments); a missing file counts as empty. */
export async function readSettings(file: string): Promise<Settings> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const content: unknown = JSON.parse(text);
  if (typeof content !== 'object' || content === null) throw new Error(`${file} holds no settings object.`);
  return { ...content };
}

/** Writes settings over the defaults into a settings.json, creating its folder. */
export async function writeUserSettings(file: string, settings: Settings = {}): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...defaultUserSettings, ...settings }, undefined, 2)}\n`);
}
