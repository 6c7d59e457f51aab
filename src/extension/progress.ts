import * as vscode from 'vscode';
import type { Progress } from '../core/regenerate.ts';

/** Work that is done sooner needs no progress; a notification that goes as it comes only disturbs. */
const showAfterMs = 1500;

export type Work<T> = (show: (progress: Progress) => void, signal: AbortSignal) => Promise<T>;

/** Does the work of a command and shows its progress once it takes long; in a notification it can be cancelled. */
export async function withLateProgress<T>(
  title: string,
  location: vscode.ProgressLocation.Notification | vscode.ProgressLocation.Window,
  work: Work<T>,
): Promise<T> {
  const controller = new AbortController();
  let last: Progress | undefined;
  let show = (progress: Progress): void => {
    last = progress;
  };
  const result = work((progress) => show(progress), controller.signal);
  const timer = setTimeout(() => {
    const cancellable = location === vscode.ProgressLocation.Notification;
    vscode.window.withProgress({ location, title, cancellable }, async (bar, token) => {
      token.onCancellationRequested(() => controller.abort());
      let shownPercent = 0;
      show = ({ done, total, output }) => {
        const percent = total === 0 ? 0 : (done * 100) / total;
        bar.report({ message: output, increment: Math.max(0, percent - shownPercent) });
        shownPercent = Math.max(percent, shownPercent);
      };
      if (last !== undefined) show(last);
      // Whoever called gets the error; the progress only has to go away.
      await result.catch(() => undefined);
    });
  }, showAfterMs);
  try {
    return await result;
  } finally {
    clearTimeout(timer);
  }
}
