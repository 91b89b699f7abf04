import { setTimeout as sleep } from 'node:timers/promises';
import { callService } from './call.ts';

/** From one try to the next, in milliseconds. */
const pauseMilliseconds = 1000;

/**
 * Runs an operation that answers some day, in whichever service there is by then: one that ends is waited for, none is
 * started for it. Rejects when the signal ends.
 */
export async function callPatiently(
  stateFolder: string,
  operation: string,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  for (;;) {
    try {
      return await callService(stateFolder, operation, input, { signal });
    } catch {
      // Not all at the same moment.
      await sleep(pauseMilliseconds * (0.5 + Math.random()), undefined, { signal });
    }
  }
}
