const tails = new Map<string, Promise<void>>();

/**
 * Runs `action` after all actions that were asked for the same path before, so that of two writes the later call wins
 * and a check of the old content can't be overtaken by a write of the same process.
 */
export function inPathQueue<T>(path: string, action: (hasWaited: boolean) => Promise<T>): Promise<T> {
  return inPathQueues([path], action);
}

/**
 * The same for several paths. The places in all queues are taken at one moment, so that whoever came first is first
 * everywhere and nobody waits in a circle. An action must not ask for a path that its own call already holds.
 */
export async function inPathQueues<T>(
  paths: readonly string[],
  action: (hasWaited: boolean) => Promise<T>,
): Promise<T> {
  const before = [...new Set(paths)].flatMap((path) => tails.get(path) ?? []);
  const run = before.length === 0 ? action(false) : Promise.all(before).then(() => action(true));
  const tail = run.then(
    () => undefined,
    () => undefined,
  );
  for (const path of paths) tails.set(path, tail);
  try {
    return await run;
  } finally {
    for (const path of paths) if (tails.get(path) === tail) tails.delete(path);
  }
}
