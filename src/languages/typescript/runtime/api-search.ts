import MiniSearch from 'minisearch';
import type { ApiOperation } from './api-file.ts';
import { termOf, wordsOf } from './api-words.ts';

/** Names of operations that a query speaks of, best first. */
export type Search = (query: string, accepts: (name: string) => boolean, limit: number) => string[];

/** What a method does, in words people use. */
const verbs: Readonly<Record<string, string>> = {
  GET: 'get list',
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

/** Where a word tells most about an operation. */
const boost = { name: 4, operationId: 3, title: 3, path: 2.5, tags: 1.5, verbs: 1, parameters: 0.7, description: 1 };

/** An index over names, summaries, paths, tags and parameters, with stems, synonyms and typing errors. */
export function openSearch(operations: readonly ApiOperation[]): Search {
  const index = new MiniSearch({
    idField: 'name',
    fields: Object.keys(boost),
    tokenize: wordsOf,
    processTerm: termOf,
  });
  index.addAll(operations.map(documentOf));
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  return (query, accepts, limit) => {
    const words = meant(query.slice(0, 500));
    const fits = likelihood(words);
    const found = index.search(words.join(' '), {
      boost,
      prefix: (term) => term.length >= 3,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.4 },
      boostDocument: (name) => fits(byName.get(name as string)!),
      filter: (result) => accepts(result.id as string),
      // A word that occurs in the name of what is sought twice is worth no more than once.
      bm25: { k: 0.8, b: 0.6, d: 0.3 },
    });
    return found.slice(0, limit).map((result) => result.id as string);
  };
}

/** The words of a query: who asks to get pets, or which pets there are, wants the list of them. */
function meant(query: string): string[] {
  const words = wordsOf(query);
  if (!words.some(isPlural)) return words;
  return words.map((word) => (termOf(word) === termOf('get') || word === 'which' || word === 'what' ? 'list' : word));
}

function isPlural(word: string): boolean {
  return /[^siu]s$/.test(word) || word === 'all' || word === 'list';
}

/** How likely an operation is what such words mean, beyond the words themselves. */
function likelihood(words: readonly string[]): (operation: ApiOperation) => number {
  const many = words.some(isPlural);
  const onTrial = words.some((word) => /alpha|beta|preview/.test(word));
  return ({ implementation: { method, path } }) => {
    const number = method !== 'GET' || path.endsWith('}') !== many ? 1.1 : 1;
    return onTrial || !/\d(?:alpha|beta)|\b(?:alpha|beta|preview)\b/i.test(path) ? number : number * 0.95;
  };
}

function documentOf({ name, title, description, implementation }: ApiOperation): Record<string, string> {
  const { operationId = '', method, path, tags = [], parameters = [] } = implementation;
  return {
    name,
    operationId,
    title,
    path: path.replace(/\{[^}]*\}/g, ' '),
    tags: tags.join(' '),
    verbs: verbs[method] ?? '',
    parameters: parameters.map((parameter) => parameter.argument).join(' '),
    // What follows is detail that many operations share.
    description: description.slice(0, 300),
  };
}
