import type * as vscode from 'vscode';
import type { Automation } from '../automation.ts';
import type { Notices } from '../notices.ts';
import type { Preview } from '../preview.ts';
import type { Roots } from '../roots.ts';

/** What commands work on. */
export type Surroundings = {
  readonly roots: Roots;
  readonly automation: Automation;
  readonly preview: Preview;
  readonly notices: Notices;
  readonly log: vscode.LogOutputChannel;
};
