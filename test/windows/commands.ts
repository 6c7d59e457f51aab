import { openPalette } from '../ui/driver/driver.ts';
import { LinkLostError } from './links.ts';
import type { Stage } from './round.ts';
import type { DrivenWindow } from './windows.ts';

const title = 'Atomic Index: Regenerate All';
/** Long enough for the request to reach every window. */
const leadMs = 50;

/**
 * Gives the command in all windows at the same instant and waits for its end; the outcomes, as `docs/index.md: updated`,
 * which only the API tells. The window that loses its extension host meanwhile has none.
 */
export async function regenerateAllAtOnce(
  { windows }: Pick<Stage, 'windows'>,
  by: 'api' | 'palette',
  victim?: DrivenWindow,
): Promise<readonly string[]> {
  if (by === 'palette') {
    const rows = await Promise.all(
      windows.map(async ({ page }) => {
        const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
        await openPalette(page, `>${title}`, row);
        return row;
      }),
    );
    await Promise.all(rows.map((row) => row.click()));
    return [];
  }
  const linked = await Promise.all(windows.map((window) => window.link()));
  const atMs = Date.now() + leadMs;
  const lines = linked.map(async (link, index) => {
    try {
      return await link.request('regenerateAll', { atMs });
    } catch (error) {
      if (error instanceof LinkLostError && windows[index] === victim) return [];
      throw error;
    }
  });
  return (await Promise.all(lines)).flat();
}
