import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { markLives, processMark } from '../util/index.ts';

/** Takes the lock file for this process; false when a living service holds it. */
export function takeLock(file: string): boolean {
  const own = processMark() ?? String(process.pid);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, own, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = read(file);
      if (holder === undefined) continue;
      if (markLives(holder) || !removeStale(file, holder)) return false;
    }
  }
  return false;
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}

/** Moved aside before it is removed: another process may have put its own lock there since the old one was read. */
function removeStale(file: string, stale: string): boolean {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  const moved = read(aside);
  if (moved !== stale) linkSync(aside, file);
  rmSync(aside, { force: true });
  return moved === stale;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
