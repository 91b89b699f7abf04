import type { Report } from './report.ts';

/** Caveat of a server that was tried, or has run, without a sandbox. */
export const unprotected = 'The server ran without a sandbox: what it did outside of its folders was not prevented.';

/** A server's next report: what was not prevented once stays said. */
export function repeatUnprotected(next: Report, earlier: Report | undefined): Report {
  const repeats = earlier?.caveats.includes(unprotected) === true && !next.caveats.includes(unprotected);
  return repeats ? { ...next, caveats: [...next.caveats, unprotected] } : next;
}
