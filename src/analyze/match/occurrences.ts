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

/** Every pattern that stands in the request, in order of its first word. Words may come between, two at most, within a sentence. */
export function findOccurrences(index: MatchIndex, { tokens, ids }: Read): Occurrence[] {
  const found: Occurrence[] = [];
  for (let start = 0; start < ids.length; start += 1) {
    if (tokens.negated[start] === true) continue;
    const patterns = index.byFirst[ids[start] ?? -1];
    if (patterns === undefined) continue;
    for (const pattern of patterns) {
      const end = endOf(pattern, start, ids, tokens);
      if (end >= 0) found.push({ pattern, start, end });
    }
  }
  return found;
}

function endOf(pattern: Pattern, start: number, ids: readonly number[], tokens: Tokens): number {
  const slack = pattern.ids.length > 1 && pattern.phraseOf.length > 0 ? 2 : 0;
  let at = start;
  let gaps = 0;
  for (let part = 1; part < pattern.ids.length; part += 1) {
    at += 1;
    while (at < ids.length && ids[at] !== pattern.ids[part] && gaps < slack) {
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
