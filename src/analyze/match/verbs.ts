import { generic } from '../language/function-words.ts';
import type { Occurrence, Read } from './occurrences.ts';

const joiners = new Set(
  'to and then or also now just please by not for automatically first finally only wird get'.split(' '),
);

/** Verbs of the request in order: used as such, and no mere tale of how things are. */
export function verbsOf(read: Read, occurrences: readonly Occurrence[]): Occurrence[] {
  return occurrences.filter(
    ({ pattern, start }) => pattern.verbOf.length > 0 && !isTold(read, start) && !isThing(read, start),
  );
}

const isTold = ({ tokens }: Read, at: number): boolean => tokens.told[at] === true && tokens.wished[at] !== true;

/** A verb alone asks for a tool only where it is used as one: at the start of a clause, after `and` or `to`, wished, or as a participle. */
export function isAsked(read: Read, at: number): boolean {
  const { tokens } = read;
  const word = tokens.words[at] ?? '';
  if (isThing(read, at) || isTold(read, at)) return false;
  const before = tokens.words[at - 1] ?? '';
  return (
    at === 0 ||
    tokens.clauses[at - 1] !== tokens.clauses[at] ||
    joiners.has(before) ||
    tokens.wished[at] === true ||
    word.endsWith('ed') ||
    word.endsWith('tion') ||
    generic.has(before)
  );
}

/** After an article a word that could be a verb is a thing (`the check`), unless it is a participle (`the cleaned data`). */
function isThing({ tokens }: Read, at: number): boolean {
  const word = tokens.words[at] ?? '';
  if (tokens.determined[at] === true && !word.endsWith('ed') && !word.endsWith('ing')) return true;
  if (!word.endsWith('s')) return word.endsWith('ment');
  return word.endsWith('ings') || word.endsWith('ments') || isDoer(word);
}

/** `readers`, `exporters`; no `orders`. */
const isDoer = (word: string): boolean =>
  /[a-z]{4,}(?:er|or)s$/.test(word) &&
  !/^(?:filt|ord|rend|regist|monit|answ|deliv|trigg|transf|ent|numb|gath|alt)/.test(word);
