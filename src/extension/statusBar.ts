import * as vscode from 'vscode';
import type { Automation } from './automation.ts';
import { type Counts, countIn } from './counts.ts';
import type { Roots } from './roots.ts';

/** Shorter runs don't make the item flicker. */
const busyAfterMs = 300;

type Face = {
  readonly icon: string;
  /** Behind the name, for what asks for attention. */
  readonly state: string;
  readonly explanation: string;
  readonly background?: 'errorBackground' | 'warningBackground';
};

/** Shows in one item how the targets of the window are; hidden unless a folder has a project file. */
export function registerStatusBar(roots: Roots, automation: Automation): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('atomicIndex.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Atomic Index';
  item.command = 'atomicIndex.showMenu';
  let busyTimer: NodeJS.Timeout | undefined;
  let isBusy = false;
  const draw = (): void => {
    if (roots.withProject.length === 0) {
      item.hide();
      return;
    }
    const { icon, state, explanation, background } = isBusy
      ? busyFace(roots)
      : faceOf(countIn(roots.all), automation.isPaused);
    const name = vscode.l10n.t('Atomic Index');
    const text = state === '' ? name : `${name}: ${state}`;
    item.text = `$(${icon}) ${text}`;
    item.tooltip = explanation;
    item.accessibilityInformation = { label: `${text}. ${explanation}`, role: 'button' };
    item.backgroundColor = background && new vscode.ThemeColor(`statusBarItem.${background}`);
    item.show();
  };
  const follow = (): void => {
    if (roots.all.some((root) => root.state.isRunning)) {
      busyTimer ??= setTimeout(() => {
        isBusy = true;
        draw();
      }, busyAfterMs);
    } else {
      clearTimeout(busyTimer);
      busyTimer = undefined;
      isBusy = false;
    }
    draw();
  };
  follow();
  return vscode.Disposable.from(
    item,
    roots.onDidChange(follow),
    automation.onDidChange(draw),
    vscode.workspace.onDidGrantWorkspaceTrust(draw),
    new vscode.Disposable(() => clearTimeout(busyTimer)),
  );
}

function busyFace(roots: Roots): Face {
  const { t } = vscode.l10n;
  const waiting = roots.all.map((root) => root.state.waiting).find((one) => one !== undefined);
  if (waiting === undefined) return { icon: 'sync~spin', state: '', explanation: t('Regenerating') };
  const { output, holder } = waiting;
  const state = t('waiting');
  if (holder === undefined) {
    return { icon: 'sync~spin', state, explanation: t('Another program is at work on {0}', output) };
  }
  const since = new Date(holder.since).toLocaleTimeString(vscode.env.language);
  const explanation = t(
    '{0} (process {1}) has been at work on {2} since {3}',
    holder.name,
    holder.pid,
    output,
    since,
  );
  return { icon: 'sync~spin', state, explanation };
}

function faceOf(counts: Counts, isPaused: boolean): Face {
  const { t } = vscode.l10n;
  const trouble = troubleOf(counts);
  const state = trouble?.state ?? '';
  if (!vscode.workspace.isTrusted) {
    return {
      icon: 'shield',
      state,
      explanation: t('Restricted Mode: nothing is written until you trust this workspace'),
    };
  }
  if (isPaused)
    return { icon: 'debug-pause', state, explanation: t('Automatic runs are paused in this window') };
  if (trouble !== undefined) return trouble;
  return {
    icon: 'check',
    state: '',
    explanation:
      counts.targets === 1
        ? t('1 generated file is looked after')
        : t('{0} generated files are looked after', counts.targets),
  };
}

function troubleOf({ errors, conflicts, waiting }: Counts): Face | undefined {
  const { t } = vscode.l10n;
  if (errors > 0) {
    const state = errors === 1 ? t('1 error') : t('{0} errors', errors);
    return {
      icon: 'error',
      state,
      explanation: t('See Problems and the log'),
      background: 'errorBackground',
    };
  }
  if (conflicts > 0) {
    const state = conflicts === 1 ? t('1 conflict') : t('{0} conflicts', conflicts);
    const explanation = t('A file that was not generated, or edited by hand, is left alone until you decide');
    return { icon: 'warning', state, explanation, background: 'warningBackground' };
  }
  if (waiting > 0) {
    const state = t('{0} unsaved', waiting);
    return { icon: 'clock', state, explanation: t('Regenerated once its editor is saved or reverted') };
  }
  return undefined;
}
