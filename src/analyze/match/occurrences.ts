import type { Tokens } from '../language/tokens.ts';
import type { Group, MatchIndex, Pattern } from './patterns.ts';

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
    if (group.longer.length > 0) addLonger(group, start, ids, tokens, found);
    if (group.alone !== undefined) found.push({ pattern: group.alone, start, end: start });
  }
  return found;
}

/** Those of several words; most are passed over by their second word, which has to be one of the next three. */
function addLonger(
  { longer, seconds, anySecond }: Group,
  start: number,
  ids: readonly number[],
  tokens: Tokens,
  found: Occurrence[],
): void {
  const left = ids.length - start;
  const one = left > 1 ? (ids[start + 1] ?? -1) : -1;
  const two = left > 2 ? (ids[start + 2] ?? -1) : -1;
  const three = left > 3 ? (ids[start + 3] ?? -1) : -1;
  if (((bitOf(one) | bitOf(two) | bitOf(three)) & anySecond) === 0) return;
  for (let place = 0; place < seconds.length; place += 1) {
    const second = seconds[place];
    const pattern = second === one || second === two || second === three ? longer[place] : undefined;
    if (pattern === undefined) continue;
    const end = endOf(pattern, start, ids, tokens);
    if (end >= 0) found.push({ pattern, start, end });
  }
}

/** One bit for a word's number: words with other bits are certainly others. */
export const bitOf = (id: number): number => (id < 0 ? 0 : 1 << (id & 31));

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
