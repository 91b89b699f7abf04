import * as sets from './function-words.ts';

/** What is known of a word before any request is read. */
export interface Word {
  /** Lower-case, without accents; words of neighbour languages stand as the English one. */
  readonly text: string;
  /** Number in the lexicon; -1 when it means nothing there. */
  readonly id: number;
  /** What it does in a sentence: bits of `role`. */
  readonly roles: number;
  /** Groups of words it belongs to: bits of `topics`. */
  readonly topics: number;
}

/** What words do in a sentence, one bit each, so that one look-up tells all. */
export const role = {
  dropped: 1,
  negator: 2,
  determiner: 4,
  teller: 8,
  other: 16,
  wish: 32,
  having: 64,
  needless: 128,
  unwanted: 256,
  condition: 512,
  turn: 1024,
  state: 2048,
  of: 4096,
  instead: 8192,
  than: 16_384,
  rather: 32_768,
} as const;

const list = (text: string): string[] => text.split(' ');

const wordsOf: Readonly<Record<keyof typeof role, Iterable<string>>> = {
  dropped: sets.dropped,
  negator: sets.negators,
  determiner: sets.determiners,
  teller: sets.tellers,
  other: sets.others,
  wish: sets.wishes,
  having: list('have has had'),
  // These take back what stands before them without a negation.
  needless: list('unnecessary superfluous needless unneeded irrelevant'),
  unwanted: list('needed necessary wanted required desired allowed relevant sent used touched'),
  condition: sets.conditions,
  turn: sets.turns,
  state: sets.states,
  of: ['of'],
  instead: ['instead'],
  than: ['than'],
  rather: ['rather'],
};

/** Roles of all words that have one. */
export const roles: ReadonlyMap<string, number> = rolesOf();

function rolesOf(): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of Object.keys(wordsOf) as (keyof typeof role)[])
    for (const word of wordsOf[name]) found.set(word, (found.get(word) ?? 0) | role[name]);
  return found;
}

/** A word of a vocabulary, which has no number yet. */
export function plainWord(given: string): Word {
  const text = sets.foreign.get(given) ?? given;
  return { text, id: -1, roles: roles.get(text) ?? 0, topics: 0 };
}
