import * as vscode from 'vscode';
import { describeError } from './log.ts';

export type NoticeAction = { readonly title: string; readonly run: () => unknown };

export type Notice = {
  readonly severity: 'information' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly NoticeAction[];
};

export type Question = { readonly message: string; readonly detail: string; readonly yes: string };

/** Says something to the user, who asked for it by a command. Automatic runs have no notices. */
export type Notices = {
  /** Shows a notification without waiting for what is done about it. */
  show(notice: Notice): void;
  /** Says in the status bar, for some seconds, that something went well. */
  mention(message: string): void;
  /** Asks before something that can't be undone. */
  confirm(question: Question): Promise<boolean>;
};

const mentionMs = 5_000;

/** The notices of VS Code itself. */
export function editorNotices(log: vscode.LogOutputChannel): Notices {
  return {
    show({ severity, message, actions }) {
      const show = {
        information: vscode.window.showInformationMessage,
        warning: vscode.window.showWarningMessage,
        error: vscode.window.showErrorMessage,
      }[severity];
      const answer = show(message, ...actions.map(({ title }) => title));
      answer
        .then((title) => actions.find((action) => action.title === title)?.run())
        .then(undefined, (error) => log.error(describeError(error)));
    },
    mention(message) {
      vscode.window.setStatusBarMessage(message, mentionMs);
    },
    async confirm({ message, detail, yes }) {
      return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
    },
  };
}

/** Notices that tests can listen to and answer, since a test window refuses dialogs and draws no notifications. */
export class ReplaceableNotices implements Notices {
  #notices: Notices;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  replace(notices: Notices): void {
    this.#notices = notices;
  }

  show(notice: Notice): void {
    this.#notices.show(notice);
  }

  mention(message: string): void {
    this.#notices.mention(message);
  }

  async confirm(question: Question): Promise<boolean> {
    return this.#notices.confirm(question);
  }
}
