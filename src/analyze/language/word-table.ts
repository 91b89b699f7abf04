import type { Word } from './words.ts';

/** Finds words where they stand in a text, without cutting them out. */
export interface WordTable {
  find(text: string, start: number, end: number): Word | undefined;
}

interface Entry {
  readonly spelling: string;
  readonly hash: number;
  readonly word: Word;
}

/** A hash table with open addressing, a quarter full, so that a look-up mostly takes one step. */
export function createWordTable(words: ReadonlyMap<string, Word>): WordTable {
  const mask = 2 ** Math.ceil(Math.log2(words.size * 4 + 1)) - 1;
  const slots: (Entry | undefined)[] = Array.from({ length: mask + 1 }, () => undefined);
  for (const [spelling, word] of words) {
    const hash = hashOf(spelling, 0, spelling.length);
    let slot = hash & mask;
    while (slots[slot] !== undefined) slot = (slot + 1) & mask;
    slots[slot] = { spelling, hash, word };
  }
  return {
    find: (text, start, end) => {
      const hash = hashOf(text, start, end);
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const entry = slots[slot];
        if (entry === undefined) return undefined;
        if (entry.hash === hash && stands(entry.spelling, text, start, end)) return entry.word;
      }
    },
  };
}

/** FNV-1a over the code units, with its upper half folded in, as the table looks at the lower bits. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function stands(spelling: string, text: string, start: number, end: number): boolean {
  if (spelling.length !== end - start) return false;
  for (let at = 0; at < spelling.length; at += 1) {
    if (spelling.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}
