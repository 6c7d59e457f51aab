const tails = new Map<string, Promise<void>>();

/**
 * Runs `action` after all actions that were asked for the same path before, so that of two writes the later call wins
 * and a check of the old content can't be overtaken by a write of the same process.
 */
export async function inPathQueue<T>(path: string, action: (hasWaited: boolean) => Promise<T>): Promise<T> {
  const before = tails.get(path);
  const run = before === undefined ? action(false) : before.then(() => action(true));
  const tail = run.then(
    () => undefined,
    () => undefined,
  );
  tails.set(path, tail);
  try {
    return await run;
  } finally {
    if (tails.get(path) === tail) tails.delete(path);
  }
}
