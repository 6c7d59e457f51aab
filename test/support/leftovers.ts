import { readdirSync } from 'node:fs';

/** Names in a folder and below it that begin like a temp file of the atomic write, or end like anybody's. */
export function leftoversIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(^|[/\\])\.~ai-|\.tmp$/.test(name),
  );
}
