import type { Tokens } from '../language/tokens.ts';
import type { MatchIndex, Pattern } from './patterns.ts';

/** A pattern found at a place of the request. */
export interface Occurrence {
  readonly pattern: Pattern;
  /** Places of its first and last word. */
  readonly start: number;
  readonly end: number;
}

export interface Read {
  readonly tokens: Tokens;
  /** Number of each word; -1 for words that mean nothing here. */
  readonly ids: readonly number[];
}

/** So many other words may stand within a phrase. */
const slack = 2;

/** Every pattern that stands in the request, in order of its first word. Words may come between, two at most, within a sentence. */
export function findOccurrences(index: MatchIndex, { tokens, ids }: Read): Occurrence[] {
  const found: Occurrence[] = [];
  for (let start = 0; start < ids.length; start += 1) {
    if (tokens.negated[start] === true) continue;
    const group = index.byFirst[ids[start] ?? -1];
    if (group === undefined) continue;
    const near = bitsAfter(ids, start);
    if ((near & group.anySecond) !== 0) {
      const { seconds, longer } = group;
      for (let place = 0; place < seconds.length; place += 1) {
        const pattern = (near & (seconds[place] ?? 0)) === 0 ? undefined : longer[place];
        if (pattern === undefined) continue;
        const end = endOf(pattern, start, ids, tokens);
        if (end >= 0) found.push({ pattern, start, end });
      }
    }
    if (group.alone !== undefined) found.push({ pattern: group.alone, start, end: start });
  }
  return found;
}

/** One bit for a word's number: words with other bits are certainly others. */
export const bitOf = (id: number): number => (id < 0 ? 0 : 1 << (id & 31));

/** Bits of the words that can be the second of a pattern. */
function bitsAfter(ids: readonly number[], start: number): number {
  const last = Math.min(ids.length - 1, start + 1 + slack);
  let bits = 0;
  for (let at = start + 1; at <= last; at += 1) bits |= bitOf(ids[at] ?? -1);
  return bits;
}

function endOf(pattern: Pattern, start: number, ids: readonly number[], tokens: Tokens): number {
  const most = pattern.phraseOf.length > 0 ? slack : 0;
  let at = start;
  let gaps = 0;
  for (let part = 1; part < pattern.ids.length; part += 1) {
    at += 1;
    while (at < ids.length && ids[at] !== pattern.ids[part] && gaps < most) {
      at += 1;
      gaps += 1;
    }
    if (
      at >= ids.length ||
      ids[at] !== pattern.ids[part] ||
      tokens.negated[at] === true ||
      tokens.clauses[at] !== tokens.clauses[start]
    )
      return -1;
  }
  return at;
}
