import { stat } from 'node:fs/promises';

/** Tells whether two paths lead to one file that exists: through links, other spellings of its case, or hard links. */
export async function isSameFile(onePath: string, otherPath: string): Promise<boolean> {
  try {
    const [one, other] = await Promise.all(
      [onePath, otherPath].map((absolutePath) => stat(absolutePath, { bigint: true })),
    );
    return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
  } catch {
    // One of them is not there: whatever they are, they are not one file now.
    return false;
  }
}
