import { componentsOf } from './components.ts';
import { partsOf } from './pattern-parts.ts';
import type { Part } from './pattern-parts.ts';
import { positionsOf } from './positions.ts';
import type { Positions } from './positions.ts';

/**
 * How the time of a backtracking match grows with the text: the degree of a polynomial, or Infinity where it doubles
 * with each character, where it is beyond all bounds without that, or where the pattern is too large to tell. After Weber and Seidl, “On the degree of ambiguity of
 * finite automata” (1991): exponential where a place leads back to itself in two ways by one text.
 */
export function patternCost(pattern: string): number {
  return costOf(partsOf(pattern), pattern);
}

function costOf(part: Part, pattern: string): number {
  const positions = positionsOf(part, pattern);
  if (positions === undefined || positions.empties > mostEmpties) return Infinity;
  if (isExponential(positions) || waysOf(positions) > mostWays) return Infinity;
  return Math.max(degree(positions), ...positions.looks.map((look) => costOf(look, pattern)));
}

const mostPairs = 5000;

function isExponential({ reads, follow }: Positions): boolean {
  const groups = componentsOf(reads.length, (at) => [...(follow[at]?.keys() ?? [])]);
  const looped = (a: number, b: number): boolean => groups[a] === groups[b];
  if (follow.some((next, at) => [...next].some(([to, ways]) => ways > 1 && looped(at, to)))) return true;
  // Pairs of places reached by the same text: two ways apart that come together again in a loop.
  const count = reads.length;
  const pairs = new Map<number, number>();
  const list: number[] = [];
  const edges: number[][] = [];
  const add = (pair: number): number => {
    const before = pairs.get(pair);
    if (before !== undefined) return before;
    pairs.set(pair, list.length);
    return list.push(pair) - 1;
  };
  for (let at = 0; at < count; at += 1) add(at * count + at);
  let steps = 0;
  for (let at = 0; at < list.length; at += 1) {
    const [p, q] = [Math.floor((list[at] ?? 0) / count), (list[at] ?? 0) % count];
    const out: number[] = [];
    for (const a of follow[p]?.keys() ?? [])
      for (const b of follow[q]?.keys() ?? []) {
        steps += 1;
        // Both must stay in the loop they are in.
        if (looped(p, a) && looped(q, b) && looped(p, q) && ((reads[a] ?? 0n) & (reads[b] ?? 0n)) !== 0n)
          out.push(add(a * count + b));
      }
    edges.push(out);
    if (list.length > mostPairs || steps > 40 * mostPairs) return true;
  }
  const component = componentsOf(list.length, (at) => edges[at] ?? []);
  const onDiagonal = new Set(
    list.flatMap((pair, at) => (Math.floor(pair / count) === pair % count ? [component[at]] : [])),
  );
  return list.some((pair, at) => Math.floor(pair / count) !== pair % count && onDiagonal.has(component[at]));
}

/** Ways to read nothing, which are tried at each place. */
const mostEmpties = 1000;
/** Ways to read a text: some ten nanoseconds each. */
const mostWays = 10_000_000;
const longestText = 100;

/**
 * In how many ways a text can be read that takes, at each character, the one with the most ways: what has no loops heaps
 * them, too, such as optional parts of the same kind in a row.
 */
function waysOf({ reads, follow, first }: Positions): number {
  const characters = charactersOf(reads);
  let sum = 0;
  let next = new Map(first.map((at) => [at, 1]));
  for (let length = 0; length < longestText && sum <= mostWays; length += 1) {
    let best: readonly (readonly [number, number])[] = [];
    let most = 0;
    for (const bit of characters) {
      const read = [...next].filter(([at]) => ((reads[at] ?? 0n) & bit) !== 0n);
      const ways = read.reduce((total, [, count]) => total + count, 0);
      if (ways > most) [best, most] = [read, ways];
    }
    if (most === 0) break;
    sum += most;
    next = new Map();
    for (const [at, count] of best)
      for (const [to, ways] of follow[at] ?? []) next.set(to, (next.get(to) ?? 0) + count * ways);
  }
  return sum;
}

/** One sample character, as a bit, for each group of them that the same positions read. */
function charactersOf(reads: readonly bigint[]): bigint[] {
  const kinds = new Map<string, bigint>();
  const all = reads.reduce((union, set) => union | set, 0n);
  for (let bit = 1n; bit <= all; bit <<= 1n) {
    const readers = reads.flatMap((set, at) => ((set & bit) === 0n ? [] : [at])).join();
    if (readers !== '') kinds.set(readers, bit);
  }
  return [...kinds.values()];
}

/** The longest row of loops that can read the same text and lead into each other by it. */
function degree({ reads, follow }: Positions): number {
  const next = (at: number): number[] => [...(follow[at]?.keys() ?? [])];
  const groups = componentsOf(reads.length, next);
  const members = new Map<number, number[]>();
  groups.forEach((group, at) => members.set(group, [...(members.get(group) ?? []), at]));
  const loops = new Map([...members].filter(([, all]) => all.length > 1 || next(all[0] ?? 0).includes(all[0] ?? 0)));
  const reading = (group: number): bigint => (loops.get(group) ?? []).reduce((set, at) => set | (reads[at] ?? 0n), 0n);
  const known = new Map<number, number>();
  const longest = (group: number): number => {
    const before = known.get(group);
    if (before !== undefined) return before;
    known.set(group, 1);
    const set = reading(group);
    const seen = new Set(loops.get(group));
    const open = [...seen];
    let best = 0;
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const to of next(at)) {
        if (seen.has(to) || ((reads[to] ?? 0n) & set) === 0n) continue;
        seen.add(to);
        open.push(to);
        const other = groups[to] ?? -1;
        if (loops.has(other)) best = Math.max(best, longest(other));
      }
    known.set(group, best + 1);
    return best + 1;
  };
  return Math.max(1, ...[...loops.keys()].map(longest));
}
