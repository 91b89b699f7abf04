import { setTimeout as sleep } from 'node:timers/promises';
import { toCrafterError, type ErrorCode } from '../errors.ts';

const firstMilliseconds = 250;
const longestMilliseconds = 10_000;

/**
 * Does work again and again while it fails for want of what comes back, the database unless `wants` says more: what was
 * accepted is not given up for that. Work must bear being done again, as steps do.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  wants: readonly ErrorCode[] = ['DATABASE_UNAVAILABLE'],
): Promise<T> {
  for (let pause = firstMilliseconds; ; pause = Math.min(pause * 2, longestMilliseconds)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !wants.includes(toCrafterError(error).code)) throw error;
    }
    await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
