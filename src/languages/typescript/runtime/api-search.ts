import type { ApiOperation } from './api-file.ts';
import { deedsOf, type Deeds } from './api-deeds.ts';
import { readQuery, type Asked } from './api-query.ts';
import { isDeed, termOf, wordsOf, type Words } from './api-words.ts';

/** Names of operations that a query speaks of, best first. */
export type Search = (query: string, accepts: (name: string) => boolean, limit: number) => string[];

/** Where a word tells how much: for what a query is about, and for what it says of the surroundings. */
const places = {
  nameHead: [1, 0.7],
  nameTail: [0.6, 1],
  titleHead: [0.9, 0.6],
  titleTail: [0.5, 0.9],
  sentence: [0.65, 0.65],
  path: [0.6, 0.7],
  tags: [0.5, 0.5],
  parameters: [0.25, 0.4],
  description: [0.2, 0.25],
} as const;

type Place = keyof typeof places;

/** An operation as the index holds it. */
interface Entry {
  readonly name: string;
  readonly deeds: Deeds;
  /** Things that its name begins with: what it is about, rather than where that stands. */
  readonly about: readonly string[];
  /** Things that its name and its title speak of. */
  readonly said: readonly (readonly string[])[];
  /** What its name says where it names no common deed: `merge` of `pulls_merge`. */
  readonly verbs: ReadonlySet<string>;
  readonly onTrial: boolean;
}

/** Entries that hold a term, each with the weight of the best place, for either part of a query. */
type Postings = Map<number, [head: number, tail: number]>;

/** An index over names, summaries, tags, paths, parameters and descriptions, in this order of what they tell. */
export function openSearch(operations: readonly ApiOperation[]): Search {
  const index = new Map<string, Postings>();
  const vocabulary = new Set<string>();
  const entries = operations.map((operation, at): Entry => {
    for (const [place, words] of placed(operation))
      for (const word of words) {
        vocabulary.add(word);
        note(index, termOf(word), at, place);
      }
    return entryOf(operation);
  });
  const rarity = (term: string) => Math.log(1 + entries.length / (0.5 + (index.get(term)?.size ?? 0)));

  return (query, accepts, limit) => {
    const asked = readQuery(query.slice(0, 500), vocabulary);
    const scores = new Map<number, number>();
    // How much of the query an operation speaks of at all.
    const met = new Map<number, number>();
    let total = 0;
    for (const { alternatives, head } of asked.words) {
      const best = new Map<number, number>();
      for (const { term, worth } of alternatives)
        for (const [at, weights] of index.get(term) ?? []) {
          const score = worth * rarity(term) * (head ? weights[0] : 0.7 * weights[1]);
          if (score > (best.get(at) ?? 0)) best.set(at, score);
        }
      const worth = Math.max(0, ...alternatives.map((alternative) => alternative.worth));
      total += worth;
      for (const [at, score] of best) {
        scores.set(at, (scores.get(at) ?? 0) + score);
        met.set(at, (met.get(at) ?? 0) + worth);
      }
    }
    const ranked = [...scores].flatMap(([at, score]) => {
      const entry = entries[at]!;
      return accepts(entry.name)
        ? [{ name: entry.name, score: score * (0.5 + (0.5 * met.get(at)!) / total) * fit(entry, asked, rarity) }]
        : [];
    });
    return ranked
      .sort((one, other) => other.score - one.score || one.name.length - other.name.length)
      .slice(0, limit)
      .map(({ name }) => name);
  };
}

/** How well an operation fits as a whole: it does what is asked for, and is about nothing else. */
function fit(entry: Entry, asked: Asked, rarity: (term: string) => number): number {
  const covered = (things: readonly string[], by: ReadonlySet<string>) => {
    const sum = (terms: readonly string[]) => terms.reduce((total, term) => total + rarity(term), 0);
    return things.length === 0 ? 0.5 : sum(things.filter((term) => by.has(term))) / sum(things);
  };
  const exact = Math.max(...entry.said.map((things) => covered(things, asked.terms)));
  const about = covered(entry.about, asked.about);
  const verb = asked.verb !== undefined && entry.verbs.has(asked.verb) ? 1.2 : 1;
  const trial = entry.onTrial && !asked.onTrial ? 0.9 : 1;
  return (0.4 + 0.4 * exact + 0.2 * about) * entry.deeds(asked.deed, asked.many) * verb * trial;
}

function note(index: Map<string, Postings>, term: string, at: number, place: Place): void {
  const postings: Postings = index.get(term) ?? new Map();
  const [head, tail] = places[place];
  const known = postings.get(at);
  postings.set(at, known === undefined ? [head, tail] : [Math.max(known[0], head), Math.max(known[1], tail)]);
  index.set(term, postings);
}

function placed({ name, title, description, implementation }: ApiOperation): [Place, readonly string[]][] {
  const { operationId = '', path, tags = [], parameters = [] } = implementation;
  const every = (text: string) => all(wordsOf(text));
  const named = wordsOf(name);
  const summary = wordsOf(title);
  return [
    ['nameHead', named.head],
    ['nameTail', [...named.tail, ...every(operationId)]],
    ['titleHead', summary.head],
    ['titleTail', summary.tail],
    ['path', every(path.replace(/\{[^}]*\}/g, ' '))],
    ['tags', every(tags.join(' '))],
    ['parameters', every(parameters.map((parameter) => parameter.argument).join(' '))],
    ['sentence', every(firstSentence(description))],
    // What follows is detail that many operations share.
    ['description', every(description.slice(0, 300))],
  ];
}

function entryOf({ name, title, description, implementation: { method, path } }: ApiOperation): Entry {
  const apart = identifiersIn(path);
  const things = (text: string) =>
    [...new Set(all(wordsOf(text)).map(termOf))].filter((term) => !isDeed(term) && !apart.has(term));
  return {
    name,
    about: [...new Set(wordsOf(name).head.map(termOf))].filter((term) => !isDeed(term)),
    deeds: deedsOf(name, method, path),
    said: [things(name), things(title), things(firstSentence(description))],
    verbs: verbsOf(name),
    onTrial: /\d(?:alpha|beta)|\b(?:alpha|beta|preview)\b/i.test(path),
  };
}

function verbsOf(name: string): ReadonlySet<string> {
  const terms = all(wordsOf(name)).map(termOf);
  return new Set(terms.some(isDeed) ? [] : terms);
}

const all = ({ head, tail }: Words): string[] => [...head, ...tail];

/** Words that only say by what one thing is told from another: `id` of `/pets/{petId}`. */
function identifiersIn(path: string): Set<string> {
  const names = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
  const fixed = new Set(all(wordsOf(path.replace(/\{[^}]*\}/g, ' '))).map(termOf));
  const terms = names.flatMap((name) => [name.toLowerCase(), ...all(wordsOf(name))]).map(termOf);
  return new Set(terms.filter((term) => !fixed.has(term)));
}

function firstSentence(text: string): string {
  return /^[^.!?\n]{0,120}/.exec(text)?.[0] ?? '';
}
