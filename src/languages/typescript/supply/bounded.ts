import { lstat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { walkTree } from '../../../sandbox/index.ts';
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

/** What cannot be looked at counts as too much. */
async function holdsMore(folder: string, { bytes, files }: Bounds): Promise<boolean> {
  let [seen, held] = [0, 0];
  for await (const { path, kind } of walkTree(folder)) {
    if (kind === 'unreadable' || ++seen > files) return true;
    if (kind === 'file') held += await sizeOf(path);
    if (held > bytes) return true;
  }
  return false;
}

/** Of one that has gone meanwhile: 0. */
async function sizeOf(file: string): Promise<number> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => ({
    size: error.code === 'ENOENT' ? 0 : Infinity,
  }));
  return found.size;
}

function tooLarge({ bytes, files }: Bounds): Error {
  return refused(
    `The packages unpack to more than ${bytes} bytes or ${files} files, or to what cannot be looked at.`,
    'Leave out the package that is so large, or so deep.',
  );
}
