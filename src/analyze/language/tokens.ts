import { fold } from './fold.ts';
import { plainWord, role } from './words.ts';
import type { Word } from './words.ts';

/** A request as a row of meaningful words. The arrays run in parallel: one place a word. */
export interface Tokens {
  /** Lower-case, without accents; articles and the like are left out. */
  readonly words: string[];
  /** Numbers of the words; -1 for those that mean nothing here. */
  readonly ids: number[];
  readonly sentences: number[];
  /** Parts between commas and the like, finer than sentences. */
  readonly clauses: number[];
  /** After an article, a possessive or the like: a thing, not an action. */
  readonly determined: boolean[];
  /** Taken back by a negation. */
  readonly negated: boolean[];
  /** Directly after `I`, `we`, `they`: what follows tells how things are, unless a wish came before. */
  readonly told: boolean[];
  /** After `of`: `an overview of a CSV`. */
  readonly of: boolean[];
  /** After a word of wishing or duty in its clause: `must`, `want`, `should`. */
  readonly wished: boolean[];
  /** Groups of the words that have one, as bits of `topics`, those left out too: in no order that runs in parallel. */
  readonly topics: number[];
  /** Where each word begins in `text`. */
  readonly places: number[];
  /** What was read: lower-case, compounds made one, without what only tells of the past. */
  readonly text: string;
}

/** What is known of the word that stands from `start` to `end` of a text. */
export type WordAt = (text: string, start: number, end: number) => Word;

const plainWordAt: WordAt = (text, start, end) => plainWord(text.slice(start, end));

/**
 * Splits text into words in one walk over its characters; a few microseconds for 200 of them.
 * @param wordAt what is known of a word; without it words have no numbers.
 */
export function tokenize(given: string, wordAt: WordAt = plainWordAt): Tokens {
  const text = fold(given);
  const reader = startReading(text);
  let at = 0;
  while (at < text.length) {
    const end = endOfWord(text, at);
    if (end === at) at = takeMark(reader, text, at, wordAt);
    else if (end < text.length && isApostrophe(text.charCodeAt(end)) && isLetterAt(text, end + 1)) {
      const last = endOfLetters(text, end + 1);
      const word = text.slice(at, end) + text.slice(end + 1, last);
      takeWord(reader, wordAt(word, 0, word.length), at);
      at = last;
    } else {
      takeWord(reader, wordAt(text, at, end), at);
      at = end;
    }
  }
  return reader.tokens;
}

/** What characters are; those that are nothing of this stand between words. */
const kind = { blank: 0, inWord: 1, clauseEnd: 2, sentenceEnd: 3, stop: 4, arrow: 5, arrowStart: 6 } as const;

/** Kinds of ASCII by their codes: nearly all there is. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z0-9]/i.test(character)) return kind.inWord;
  if (',:()'.includes(character)) return kind.clauseEnd;
  if ('\n;'.includes(character)) return kind.sentenceEnd;
  if ('.!?'.includes(character)) return kind.stop;
  return '-='.includes(character) ? kind.arrowStart : kind.blank;
});

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return kinds[code] ?? kind.blank;
  if (code === 0x2013 || code === 0x2014) return kind.sentenceEnd;
  return code === 0x2192 || code === 0x279c ? kind.arrow : kind.blank;
}

/** Behind the letters and digits that begin at a place. */
function endOfWord(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      const character = characterAt(text, at);
      if (!/^[\p{L}\p{N}]$/u.test(character)) return at;
      at += character.length - 1;
    } else if (kinds[code] !== kind.inWord) return at;
  }
  return text.length;
}

const isApostrophe = (code: number): boolean => code === 0x27 || code === 0x2019;
const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0x20);
const isLetterAt = (text: string, at: number): boolean => /^\p{L}$/u.test(characterAt(text, at));

/** `don't`, `supplier's`: letters after one apostrophe belong to the word. */
function endOfLetters(text: string, start: number): number {
  let at = start;
  while (isLetterAt(text, at)) at += characterAt(text, at).length;
  return at;
}

/** Takes a character that is part of no word: it ends a clause or a sentence, or points on. Returns the place behind it. */
function takeMark(reader: Reader, text: string, at: number, wordAt: WordAt): number {
  switch (kindAt(text, at)) {
    case kind.clauseEnd:
      endClause(reader, false);
      break;
    case kind.sentenceEnd:
      endClause(reader, true);
      break;
    case kind.stop:
      if (at + 1 === text.length || /\s/.test(text.charAt(at + 1))) endClause(reader, true);
      break;
    case kind.arrow:
      takeWord(reader, wordAt('to', 0, 2), at);
      break;
    case kind.arrowStart:
      if (text.charAt(at + 1) !== '>') break;
      takeWord(reader, wordAt('to', 0, 2), at);
      return at + 2;
  }
  return at + 1;
}

/** Where a reader stands in its sentence. */
interface Reader {
  readonly tokens: Tokens;
  sentence: number;
  clause: number;
  determined: boolean;
  told: boolean;
  other: boolean;
  of: boolean;
  wished: boolean;
  /** Words that a negation still covers. */
  negation: number;
  /** Roles of the last word and of the one before it. */
  previous: number;
  before: number;
}

function startReading(text: string): Reader {
  return {
    tokens: {
      words: [],
      ids: [],
      sentences: [],
      clauses: [],
      determined: [],
      negated: [],
      told: [],
      of: [],
      wished: [],
      topics: [],
      places: [],
      text,
    },
    sentence: 0,
    clause: 0,
    determined: false,
    told: false,
    other: false,
    of: false,
    wished: false,
    negation: 0,
    previous: 0,
    before: 0,
  };
}

function endClause(reader: Reader, sentence: boolean): void {
  reader.clause += 1;
  if (sentence) reader.sentence += 1;
  reader.negation = 0;
  reader.previous = 0;
  reader.before = 0;
  reader.determined = false;
  reader.told = false;
  reader.wished = false;
}

function takeWord(reader: Reader, { text, id, roles, topics }: Word, place: number): void {
  const { tokens, clause } = reader;
  reader.negation = negationAt(reader, roles);
  reader.before = reader.previous;
  reader.previous = roles;
  if ((roles & role.needless) !== 0 || (reader.negation > 0 && (roles & role.unwanted) !== 0)) takeBack(tokens, clause);
  if (topics !== 0) tokens.topics.push(topics);
  const wish = (roles & role.wish) !== 0;
  if ((roles & (role.dropped | role.negator)) !== 0) {
    reader.determined ||= (roles & role.determiner) !== 0;
    reader.told = (roles & role.teller) !== 0 || (reader.told && (roles & (role.wish | role.having)) !== 0);
    reader.other = (roles & role.other) !== 0 || (reader.other && wish);
    reader.of ||= (roles & role.of) !== 0;
    reader.wished ||= wish;
    return;
  }
  tokens.words.push(text);
  tokens.ids.push(id);
  tokens.sentences.push(reader.sentence);
  tokens.clauses.push(clause);
  tokens.determined.push(reader.determined);
  tokens.negated.push(reader.negation > 0);
  tokens.told.push(reader.told);
  tokens.of.push(reader.of);
  tokens.wished.push(reader.wished && !reader.other);
  tokens.places.push(place);
  reader.of = false;
  reader.other = false;
  reader.determined = false;
  reader.told = false;
  reader.wished ||= wish;
}

const reach = 8;

/** Scope of a negation: from its word to the end of the clause, a turn (`but`), or eight words. How many are left. */
function negationAt({ negation, previous, before }: Reader, roles: number): number {
  if ((roles & role.negator) !== 0) return ((previous | before) & role.condition) !== 0 ? 0 : reach;
  if ((roles & role.of) !== 0 && (previous & role.instead) !== 0) return 3;
  if ((roles & role.than) !== 0 && (previous & role.rather) !== 0) return 3;
  if (negation === 0 || (roles & role.turn) !== 0) return 0;
  if ((previous & role.negator) !== 0 && (roles & role.state) !== 0) return 0;
  return negation - 1;
}

/** `OAuth is not needed`, `mails must not be sent`: what stands before in the clause is taken back too. */
function takeBack(tokens: Tokens, clause: number): void {
  for (let back = tokens.words.length - 1; back >= 0 && tokens.clauses[back] === clause; back -= 1)
    tokens.negated[back] = true;
}
