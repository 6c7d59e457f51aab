/**
 * A small extension for the torture test: it does in its window what the test says, by the API that any extension has.
 * It stands beside the product, which is installed as users install it and knows nothing of the test.
 */
import { readFile } from 'node:fs/promises';
import * as net from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Report } from '../../../src/core/types.ts';
import {
  type Hello,
  type Reply,
  type Request,
  type RequestKind,
  type Requests,
  socketVariable,
} from './protocol.ts';

const limitMs = 60_000;
const productId = 'atomic-index.atomic-index';

const events = new Map<string, number>();
let lastEventAt = Date.now();

type Handlers = {
  readonly [K in RequestKind]: (params: Requests[K]['params']) => Promise<Requests[K]['answer']>;
};

const handlers: Handlers = {
  async regenerateAll({ atMs }) {
    await delay(Math.max(0, atMs - Date.now()));
    const reports = await vscode.commands.executeCommand<readonly Report[]>('atomicIndex.regenerateAll');
    return reports.flatMap(({ targets }) =>
      targets.map(({ target, outcome }) => {
        const reason = outcome.kind === 'skipped' ? ` (${outcome.reason})` : '';
        const message = 'message' in outcome ? ` ${outcome.message}` : '';
        return `${target.output}: ${outcome.kind}${reason}${message}`;
      }),
    );
  },
  type: ({ file, text, isSaved }) =>
    alone(async () => {
      const editor = await show(file);
      const { document } = editor;
      await edit(editor, (builder) => builder.delete(wholeOf(document)));
      for (const part of text.match(/[\s\S]{1,8}/g) ?? []) {
        await edit(editor, (builder) => builder.insert(wholeOf(document).end, part));
      }
      if (isSaved && !(await document.save())) throw new Error(`The save of ${file} was refused.`);
      return document.getText();
    }),
  open: ({ file }) =>
    alone(async () => {
      await show(file);
      return null;
    }),
  revert: ({ file }) =>
    alone(async () => {
      await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
      await vscode.commands.executeCommand('workbench.action.files.revert');
      return null;
    }),
  closeAll: () =>
    alone(async () => {
      for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
        await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      return null;
    }),
  async read({ file }) {
    const document = findDocument(file);
    return document === undefined ? null : { text: document.getText(), isDirty: document.isDirty };
  },
  async create({ file, text }) {
    const change = new vscode.WorkspaceEdit();
    change.createFile(vscode.Uri.file(file), { contents: Buffer.from(text) });
    return await apply(change, `create ${file}`);
  },
  async rename({ file, to }) {
    const change = new vscode.WorkspaceEdit();
    change.renameFile(vscode.Uri.file(file), vscode.Uri.file(to));
    return await apply(change, `rename ${file}`);
  },
  async remove({ file }) {
    const change = new vscode.WorkspaceEdit();
    change.deleteFile(vscode.Uri.file(file));
    return await apply(change, `delete ${file}`);
  },
  async events({ file }) {
    return { count: events.get(file) ?? 0, quietMs: Date.now() - lastEventAt };
  },
};

/** Connects to the test once the product is active in this window. */
export function activate(context: vscode.ExtensionContext): void {
  const socketPath = process.env[socketVariable];
  if (socketPath === undefined) throw new Error(`${socketVariable} is not set.`);
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const note = ({ fsPath }: vscode.Uri): void => {
    events.set(fsPath, (events.get(fsPath) ?? 0) + 1);
    lastEventAt = Date.now();
  };
  context.subscriptions.push(watcher);
  for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) event(note);

  // Not awaited: VS Code would take this extension for one that is slow to start.
  connect(socketPath, context).catch((error) => console.error(error));
}

async function connect(socketPath: string, context: vscode.ExtensionContext): Promise<void> {
  await until(async () => vscode.extensions.getExtension(productId)?.isActive, 'the product is active');
  const socket = net.connect(socketPath);
  context.subscriptions.push({ dispose: () => socket.destroy() });
  const send = (message: Hello | Reply): void => void socket.write(`${JSON.stringify(message)}\n`);
  socket.on('error', () => undefined);
  send({ pid: process.pid, version: vscode.version });
  createInterface({ input: socket }).on('line', (line) => {
    const request: Request = JSON.parse(line);
    answer(request).then(
      (value) => send({ id: request.id, answer: value }),
      (error) => send({ id: request.id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
}

async function answer<K extends RequestKind>({ kind, params }: Request<K>): Promise<Requests[K]['answer']> {
  return await handlers[kind](params);
}

let lastAlone: Promise<unknown> = Promise.resolve();

/** Does one thing after the other in the editors: nobody types in two places at once, and the one behind would be closed. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const mine = lastAlone.then(work);
  lastAlone = mine.catch(() => undefined);
  return await mine;
}

/** Opens a file in an editor that shows what is on disk, unless it has unsaved changes. */
async function show(file: string): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.file(file);
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  // VS Code keeps closed documents for a while; a save of one that missed a change outside would be refused.
  await until(
    async () => editor.document.isDirty || editor.document.getText() === (await readFile(file, 'utf8')),
    `${file} is shown as it is on disk`,
  );
  return editor;
}

async function edit(
  editor: vscode.TextEditor,
  change: (builder: vscode.TextEditorEdit) => void,
): Promise<void> {
  // An edit is refused when the document was changed since.
  await until(
    () => editor.edit(change, { undoStopBefore: false, undoStopAfter: false }),
    'the edit is taken',
  );
}

async function apply(change: vscode.WorkspaceEdit, what: string): Promise<null> {
  if (!(await vscode.workspace.applyEdit(change))) throw new Error(`VS Code refused to ${what}.`);
  return null;
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}

function findDocument(file: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    ({ uri, isClosed }) => uri.scheme === 'file' && !isClosed && uri.fsPath === file,
  );
}

async function until(check: () => PromiseLike<boolean | undefined>, what: string): Promise<void> {
  const deadline = Date.now() + limitMs;
  while ((await check()) !== true) {
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s in vain: ${what}.`);
    await delay(20);
  }
}
