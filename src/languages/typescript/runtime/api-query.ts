import { nearWords } from './api-typos.ts';
import { impliedDeed, isDeed, termOf, wordsOf } from './api-words.ts';

/** What a query asks for. */
export interface Asked {
  readonly words: readonly {
    readonly alternatives: readonly { readonly term: string; readonly worth: number }[];
    /** Whether it stands for what is sought rather than for where. */
    readonly head: boolean;
  }[];
  readonly terms: ReadonlySet<string>;
  /** Terms of what is sought, without those of where. */
  readonly about: ReadonlySet<string>;
  /** `create`, `list`…: the first word that says what to do. */
  readonly deed: string | undefined;
  /** The first word where it is none of the common deeds: `merge` a pull request. */
  readonly verb: string | undefined;
  /** Whether many things are asked for. */
  readonly many: boolean;
  /** Whether alpha and beta versions are asked for. */
  readonly onTrial: boolean;
}

/** Words that rarely tell operations apart. */
const light = new Set(['all', 'my', 'me', 'own', 'myself', 'current']);

/** Reads a query; words that the index lacks are taken for those that come near. */
export function readQuery(query: string, vocabulary: ReadonlySet<string>): Asked {
  const { head, tail } = wordsOf(query.replace(/\bwho\s?am\s?i\b/i, 'get the current user'));
  const known = new Set([...vocabulary].map(termOf));
  const means = (word: string) => {
    const term = termOf(word);
    if (light.has(word)) return known.has(term) ? [{ term, worth: 0.3 }] : [];
    if (known.has(term) || isDeed(term)) return [{ term, worth: isDeed(term) ? 0.5 : 1 }];
    return nearWords(word, vocabulary).map((near) => ({ term: termOf(near), worth: 0.6 }));
  };
  const part = (words: readonly string[], isHead: boolean) =>
    [...words, ...joined(words, vocabulary)].map((word) => ({ alternatives: means(word), head: isHead }));
  const words = [...part(head, true), ...part(tail, false)];
  const terms = words.flatMap(({ alternatives }) => alternatives.map(({ term }) => term));
  const many = head.some((word) => /[^siu]s$/.test(word) || word === 'all' || termOf(word) === termOf('list'));
  const saysWhat = (word: string, at: number) => isDeed(termOf(word)) && (at === 0 || !word.endsWith('ed'));
  const said = [...head, ...tail].find(saysWhat);
  const deed = said === undefined ? impliedDeed(head[0] ?? '') : termOf(said);
  return {
    words,
    terms: new Set(terms),
    about: new Set(head.map(termOf)),
    verb: head[0] === undefined || isDeed(termOf(head[0])) ? undefined : termOf(head[0]),
    deed: many && (deed === undefined || deed === termOf('get')) ? termOf('list') : deed,
    many,
    onTrial: terms.some((term) => /alpha|beta|preview/.test(term)),
  };
}

/** Two words that an API writes as one: `user groups`. */
function joined(words: readonly string[], vocabulary: ReadonlySet<string>): string[] {
  return words.slice(1).flatMap((word, at) => {
    const one = words[at]! + word;
    return vocabulary.has(one) ? [one] : [];
  });
}
