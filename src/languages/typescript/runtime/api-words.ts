import { stemmer } from 'stemmer';
import { deeds, implying, things } from './api-synonyms.ts';

const implied = new Map(
  Object.entries(implying).flatMap(([deed, words]) => words.split(' ').map((word) => [stem(word), deed] as const)),
);

const terms = new Map<string, string>();
const stands = new Map<string, string>();
for (const [first = '', ...others] of [...deeds, ...things])
  for (const word of [first, ...others]) stands.set(stem(word), stem(first));
// Stems alone would make `authentication` of it.
terms.set('authenticated', stem('current'));

const deedTerms = new Set(deeds.map(([first = '']) => termOf(first)));

const skipped = new Set(
  'a an and are as be given i is it its or that the this you your please how do does want need can am who every each specific existing'.split(
    ' ',
  ),
);

/** What stands after one of these is where or for whom: `create a task in a project`. */
const joining = new Set('of in to for from on by with at into within under belonging using via'.split(' '));

/** Words of a text in two parts: what it is about, and what it says of its surroundings. */
export interface Words {
  readonly head: readonly string[];
  readonly tail: readonly string[];
}

/** Splits prose and names of all kinds: `getUserById`, `pet-store_v2`, `/users/{id}`. */
export function wordsOf(text: string): Words {
  const all = text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !skipped.has(word) && !/^v\d+$/.test(word));
  const cut = all.findIndex((word, at) => at > 0 && joining.has(word));
  const said = (words: readonly string[]) => words.filter((word) => !joining.has(word));
  return cut < 0 ? { head: said(all), tail: [] } : { head: said(all.slice(0, cut)), tail: said(all.slice(cut)) };
}

/** The word as the index holds it: its stem, or what stands for its synonyms. */
export function termOf(word: string): string {
  const known = terms.get(word);
  if (known !== undefined) return known;
  const stemmed = stem(word);
  const term = stands.get(stemmed) ?? stemmed;
  // Words of queries come from outside: what is remembered has an end.
  if (terms.size < 20_000) terms.set(word, term);
  return term;
}

/** Whether a term says what is done, as `create` does. */
export function isDeed(term: string): boolean {
  return deedTerms.has(term);
}

/** The deed that a verb comes down to: who uploads a file creates one. */
export function impliedDeed(word: string): string | undefined {
  const deed = implied.get(stem(word));
  return deed === undefined ? undefined : termOf(deed);
}

function stem(word: string): string {
  return word.length < 4 ? word : stemmer(word);
}
