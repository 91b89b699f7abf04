import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from './errors.ts';

/** So many turns in any span of so many seconds. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
}

const taken = new WeakMap<Rate, number[]>();
/** A longer wait is the caller's to decide on. */
const maxWaitMs = 5000;

/**
 * Takes a turn in the sliding window, waiting a few seconds at most.
 * @throws ToolError naming the limit and when it frees.
 */
export async function takeTurn(rate: Rate, signal: AbortSignal): Promise<void> {
  for (;;) {
    const now = Date.now();
    const times = (taken.get(rate) ?? []).filter((time) => time > now - rate.seconds * 1000);
    taken.set(rate, times);
    if (times.length < rate.count) {
      times.push(now);
      return;
    }
    const waitMs = times[times.length - rate.count]! + rate.seconds * 1000 - now;
    if (waitMs > maxWaitMs) {
      throw new ToolError(
        `The limit of ${rate.count} requests in ${rate.seconds} seconds is used up.`,
        `Call again in ${Math.ceil(waitMs / 1000)} seconds.`,
      );
    }
    await sleep(waitMs, undefined, { signal });
  }
}
