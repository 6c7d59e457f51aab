/** What the test asks of the small extension in each window, one JSON object a line, and what that one answers. */
export type Requests = {
  /** Runs "Regenerate All" at a moment (ms since the epoch) that all windows share; the outcomes, as `docs/index.md: updated`. */
  readonly regenerateAll: {
    readonly params: { readonly atMs: number };
    readonly answer: readonly string[];
  };
  /** Types a text in place of all that is in a file, in several steps, and saves it if told to; the document's text. */
  readonly type: {
    readonly params: { readonly file: string; readonly text: string; readonly isSaved: boolean };
    readonly answer: string;
  };
  readonly open: { readonly params: { readonly file: string }; readonly answer: null };
  /** Reverts a file's editor to what is on disk. */
  readonly revert: { readonly params: { readonly file: string }; readonly answer: null };
  /** Closes all editors, with what was not saved. */
  readonly closeAll: { readonly params: Readonly<Record<never, never>>; readonly answer: null };
  /** The text of a file's document, if there is one. */
  readonly read: {
    readonly params: { readonly file: string };
    readonly answer: { readonly text: string; readonly isDirty: boolean } | null;
  };
  /** Creates, renames or deletes a file by an edit of the workspace, as the Explorer does. */
  readonly create: {
    readonly params: { readonly file: string; readonly text: string };
    readonly answer: null;
  };
  readonly rename: { readonly params: { readonly file: string; readonly to: string }; readonly answer: null };
  readonly remove: { readonly params: { readonly file: string }; readonly answer: null };
  /** How many events VS Code's watcher gave for a file, and how long ago the last one of any file came, in ms. */
  readonly events: {
    readonly params: { readonly file: string };
    readonly answer: { readonly count: number; readonly quietMs: number };
  };
};

export type RequestKind = keyof Requests;

export type Request<K extends RequestKind = RequestKind> = {
  readonly id: number;
  readonly kind: K;
  readonly params: Requests[K]['params'];
};

/** The first line of a connection: which extension host this is. Sent once the product is active in it. */
export type Hello = { readonly pid: number; readonly version: string };

export type Reply =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: string };

/** The environment variable of the server that names the socket. */
export const socketVariable = 'ATOMIC_INDEX_WINDOWS_SOCKET';
