/** First wait before a restart, longest wait, and the time after which a server counts as stable again. */
const firstMilliseconds = 250;
const longestMilliseconds = 60_000;
export const stableMilliseconds = 60_000;

/** Milliseconds to wait before the nth restart in a row: doubles each time. */
export function backoff(failures: number): number {
  return Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.min(failures, 16));
}
