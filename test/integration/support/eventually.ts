import { setTimeout as delay } from 'node:timers/promises';

/** Repeats a check until it throws nothing more and gives its result; throws its last error when the time is up. */
export async function eventually<T>(check: () => T | Promise<T>, limitMs = 20_000): Promise<T> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(25);
    }
  }
}
