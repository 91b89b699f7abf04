import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { refused } from './refuse.ts';

/** What a set of packages may unpack to. */
export interface Bounds {
  readonly bytes: number;
  readonly files: number;
}

export const usualBounds: Bounds = { bytes: 1024 ** 3, files: 200_000 };

/**
 * Does work that fills a folder, and stops it as soon as the folder holds more than it may.
 * @throws CrafterError DEPENDENCY_REFUSED in that case, also when the work was faster; else as `work`.
 */
export async function bounded<T>(
  folder: string,
  bounds: Bounds,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const [overflow, ended] = [new AbortController(), new AbortController()];
  const watching = (async () => {
    while (!ended.signal.aborted) {
      if (await holdsMore(folder, bounds)) return overflow.abort();
      await wait(500, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  try {
    const result = await work(AbortSignal.any([signal, overflow.signal]));
    if (await holdsMore(folder, bounds)) throw tooLarge(bounds);
    return result;
  } catch (error) {
    throw overflow.signal.aborted ? tooLarge(bounds) : error;
  } finally {
    ended.abort();
    await watching;
  }
}

async function holdsMore(folder: string, { bytes, files }: Bounds): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  if (entries.length > files) return true;
  let held = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    held += (await lstat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size;
    if (held > bytes) return true;
  }
  return false;
}

function tooLarge({ bytes, files }: Bounds): Error {
  return refused(
    `The packages unpack to more than ${bytes} bytes or ${files} files.`,
    'Leave out the package that is so large.',
  );
}
