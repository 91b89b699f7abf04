import { stemmer } from 'stemmer';
import { foreign, generic, opaque, ordinary, prepositions } from './function-words.ts';
import { synonymLines } from './synonyms.ts';
import { tokenize } from './tokens.ts';
import type { WordAt } from './tokens.ts';
import { topicWords } from './topics.ts';
import { corrected, indexTypos } from './typos.ts';
import type { Typos } from './typos.ts';
import { createWordTable } from './word-table.ts';
import { plainWord, roles } from './words.ts';
import type { Word } from './words.ts';

/**
 * Word to number: words of the same stem, and synonyms, have the same one. Frequent forms stand ready; rarer forms
 * are stemmed, unknown words are compared with known ones by edit distance.
 */
export interface Lexicon {
  /** What is known of a word of a request, its number first of all. */
  readonly wordAt: WordAt;
  /** Numbers of a phrase of a vocabulary; makes them known. */
  learn(phrase: string): number[];
  /** Builds the forms and the typo index; nothing is learnt afterwards. */
  close(): void;
  readonly size: number;
}

export function createLexicon(): Lexicon {
  const byStem = new Map<string, number>();
  const byForm = new Map<string, number>();
  let typos: Typos = new Map();
  /** All words that are known beforehand, so that most words of a request take one look-up. */
  let ready = createWordTable(new Map());
  const canonical = canonicalStems();
  let next = 0;
  const learnWord = (word: string): number => {
    const stem = stemOf(word);
    const root = canonical.get(stem) ?? stem;
    const id = byStem.get(root) ?? next++;
    byStem.set(root, id);
    for (const form of formsOf(word))
      if (!byForm.has(form) && (form === word || !opaque.has(form))) byForm.set(form, id);
    return id;
  };
  const topicOf = topicForms();
  const withId = (given: string): Word => {
    const word = plainWord(given);
    const id = byForm.get(word.text) ?? (opaque.has(word.text) ? -1 : byStem.get(stemOf(word.text)));
    return { ...word, id: id ?? -1, topics: topicOf.get(given) ?? 0 };
  };
  const unknown = (text: string): Word => ({
    text,
    id: isFigure(text) ? -1 : (byStem.get(stemOf(text)) ?? byForm.get(corrected(text, typos) ?? '') ?? -1),
    roles: 0,
    topics: 0,
  });
  return {
    learn: (phrase) => tokenize(phrase).words.map(learnWord),
    close: () => {
      for (const [stem, root] of canonical) {
        const id = byStem.get(root);
        if (id !== undefined) byStem.set(stem, id);
      }
      for (const line of synonymLines) for (const word of line.split(' ')) learnForms(word, byStem, byForm);
      // What is ready is taken for no typing error: ordinary words look like misspelt technical ones.
      const known = [
        byForm.keys(),
        topicOf.keys(),
        roles.keys(),
        foreign.keys(),
        generic,
        ordinary,
        opaque,
        prepositions,
      ];
      ready = createWordTable(
        new Map(known.flatMap((words) => [...words].map((word) => [word, withId(word)] as const))),
      );
      typos = indexTypos(byForm.keys());
    },
    wordAt: (text, start, end) => ready.find(text, start, end) ?? unknown(text.slice(start, end)),
    get size() {
      return next;
    },
  };
}

function learnForms(word: string, byStem: ReadonlyMap<string, number>, byForm: Map<string, number>): void {
  const id = byStem.get(stemOf(word));
  if (id !== undefined) for (const form of formsOf(word)) if (!byForm.has(form)) byForm.set(form, id);
}

/** Groups of all forms of the words that have one. */
function topicForms(): Map<string, number> {
  const found = new Map<string, number>();
  for (const [word, bit] of topicWords) for (const form of formsOf(word)) found.set(form, (found.get(form) ?? 0) | bit);
  return found;
}

/** Only digits: the known ones stand ready. */
const isFigure = (word: string): boolean => /^\d+$/.test(word);

const stems = new Map<string, string>();

/** Porter stem; words too short to have an ending stay. */
function stemOf(word: string): string {
  return word.length < 4 || opaque.has(word) ? word : stemmer(word);
}

function canonicalStems(): Map<string, string> {
  if (stems.size > 0) return stems;
  for (const line of synonymLines) {
    const words = line.split(' ').map(stemOf);
    for (const word of words) if (!stems.has(word)) stems.set(word, words[0] ?? word);
  }
  return stems;
}

/** Usual endings: what they give need not be English, it only has to catch what is. */
function formsOf(word: string): string[] {
  const forms = [word];
  if (word.length < 4 || /\d/.test(word)) return word.length === 3 ? [word, `${word}s`] : forms;
  const bare = word.replace(/e$/, '');
  forms.push(`${word}s`, `${bare}ed`, `${bare}ing`, `${bare}er`, `${bare}ers`);
  if (word.endsWith('y')) forms.push(word.replace(/y$/, 'ies'), word.replace(/y$/, 'ied'));
  if (/(s|x|z|ch|sh)$/.test(word)) forms.push(`${word}es`);
  if (/[^aeiou][aeiou][bdgmnprt]$/.test(word)) forms.push(`${word}${word.at(-1)}ed`, `${word}${word.at(-1)}ing`);
  if (word.endsWith('ate')) forms.push(`${bare}ion`, `${bare}ions`, `${bare}or`);
  return forms;
}
