/** Wait before the second restart in a row, longest wait, and the time after which a server counts as stable again. */
const secondMilliseconds = 250;
const longestMilliseconds = 60_000;
export const stableMilliseconds = 60_000;

/** Milliseconds to wait before the nth restart in a row: none at first, then doubling each time. */
export function backoff(failures: number): number {
  return failures === 0 ? 0 : Math.min(longestMilliseconds, secondMilliseconds * 2 ** Math.min(failures - 1, 16));
}
