import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Takes the lock file for this process; false when a living service holds it. */
export function takeLock(file: string): boolean {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (holderLives(file)) return false;
      rmSync(file, { force: true });
    }
  }
  return false;
}

export function releaseLock(file: string): void {
  rmSync(file, { force: true });
}

/** Whether the process named in the file lives and is a Node program: process ids are used again. */
function holderLives(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return false;
  }
}
