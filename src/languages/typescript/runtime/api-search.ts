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
  return (query, accepts, limit) => {
    const found = index.search(query.slice(0, 500), {
      boost,
      prefix: (term) => term.length >= 3,
      fuzzy: (term) => (term.length >= 5 ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.4 },
      filter: (result) => accepts(result.id as string),
      // A word that occurs in the name of what is sought twice is worth no more than once.
      bm25: { k: 0.8, b: 0.6, d: 0.3 },
    });
    return found.slice(0, limit).map((result) => result.id as string);
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
