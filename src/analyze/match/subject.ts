import type { Read } from './occurrences.ts';
import type { MatchIndex } from './patterns.ts';
import { emptySubjects, systemNouns } from './systems.ts';

const nouns = new Set(systemNouns);

/** Place of the word that names a system: by its own name or kind, or as `… API`, `… system`. */
export function findSystem(index: MatchIndex, { tokens, ids }: Read): number | undefined {
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? -1;
    if (id >= 0 && index.systems[id] !== undefined && tokens.negated[at] !== true) return at;
  }
  const noun = tokens.words.findIndex((word, at) => nouns.has(word) && tokens.negated[at] !== true);
  return noun < 0 ? undefined : noun;
}

/** What an API is about, as a snake_case word: `crm`, `helpdesk`, `weather`; undefined when the request does not say. */
export function findSubject(index: MatchIndex, read: Read): string | undefined {
  const { words, negated } = read.tokens;
  const system = words.findIndex(
    (word, at) => negated[at] !== true && index.systems[read.ids[at] ?? -1] !== undefined && !nouns.has(word),
  );
  if (system >= 0) return index.systems[read.ids[system] ?? -1];
  for (let at = 1; at < words.length; at += 1) {
    if (!nouns.has(words[at] ?? '') || negated[at] === true) continue;
    const before = words[at - 1] ?? '';
    if (!emptySubjects.has(before) && /^[a-z][a-z0-9]{1,30}$/.test(before)) return before;
  }
  return undefined;
}
