import type { CheckCase } from '../../spec/index.ts';
import { skipped } from './style.ts';

/** Most tools that are tried one by one: more would take long and rarely show what these do not. */
const mostTools = 100;

/** At most `most` of them from all over the list, the same each time, with the case that says what was not tried. */
export function someOf<T>(
  all: readonly T[],
  most = mostTools,
): { readonly tried: readonly T[]; readonly rest: CheckCase[] } {
  if (all.length <= most) return { tried: all, rest: [] };
  const tried = spread(all).slice(0, most);
  const message = `${most} of ${all.length} tools were tried, from all over the list; ${all.length - most} were not.`;
  return { tried, rest: [skipped(message, { case: 'sample' })] };
}

/** In an order in which the first few are from all over: servers list together what is alike. */
export function spread<T>(all: readonly T[]): T[] {
  // Multiples of the golden ratio lie apart from all before them.
  const place = (index: number): number => (index * 0.618_033_988_75) % 1;
  return all
    .map((one, index) => ({ one, at: place(index) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
