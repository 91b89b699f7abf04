import { sha256 } from '../../../../util/index.ts';
import type { Nameable } from './from-id.ts';
import { isPlural, nameWords, singular } from './words.ts';

interface Segment {
  readonly words: string[];
  readonly parameter: boolean;
}

/** Segments that every path of an API has. */
const isPrefix = (words: readonly string[]): boolean =>
  words.length === 1 && /^(?:api|rest|v\d+(?:\w{0,6}\d)?|\d+)$/.test(words[0] ?? '');

/** Last segments that are verbs themselves: `POST /orders/{id}/cancel`. */
const verbs = new Set(
  'search query cancel archive unarchive activate deactivate approve reject confirm complete close open start stop pause resume restart retry send resend publish unpublish enable disable lock unlock verify validate export import upload download sync refresh rotate revoke login logout register subscribe unsubscribe invite accept decline assign unassign copy move merge clone duplicate restore reset test preview execute run submit capture refund void pay transfer ping check'.split(
    ' ',
  ),
);

/**
 * A name from method and path, in the order in which a person would say it: `GET /users/{id}/repos` is list_user_repos,
 * `POST /orders/{id}/cancel` is cancel_order, `GET /pets/{petId}` is get_pet.
 */
export function nameFromPath({ method, path, lists }: Nameable): string[] {
  const all = segmentsOf(path);
  const kept = all.filter(({ words, parameter }) => parameter || !isPrefix(words));
  const segments = kept.some(({ parameter }) => !parameter) ? kept : all;
  const statics = segments.filter(({ parameter }) => !parameter);
  const last = segments.at(-1);
  if (statics.length === 0 || last === undefined) return [method.toLowerCase(), ...(last?.words ?? ['root'])];
  const ending = statics.at(-1)?.words ?? [];
  const isVerb = !last.parameter && ending.length === 1 && verbs.has(ending[0] ?? '') && statics.length > 1;
  const nouns = (isVerb ? statics.slice(0, -1) : statics).flatMap(({ words }) => {
    const segment = segments.findIndex((one) => one.words === words && !one.parameter);
    return segments[segment + 1]?.parameter === true ? singularLast(words) : words;
  });
  if (isVerb) return [ending[0] ?? '', ...singularWhere(nouns, segments)];
  return [
    verbOf(method, last.parameter, lists || isPlural(ending.at(-1) ?? '')),
    ...(method === 'POST' && !last.parameter ? singularLast(nouns) : nouns),
  ];
}

const singularWhere = (nouns: string[], segments: readonly Segment[]): string[] =>
  segments.at(-2)?.parameter === true ? singularLast(nouns) : nouns;

const singularLast = (words: readonly string[]): string[] =>
  words.map((word, at) => (at === words.length - 1 ? singular(word) : word));

function verbOf(method: string, one: boolean, many: boolean): string {
  if (method === 'GET') return !one && many ? 'list' : 'get';
  const named: Readonly<Record<string, string>> = {
    POST: one ? 'post' : 'create',
    PUT: 'replace',
    PATCH: 'update',
    DELETE: 'delete',
    HEAD: 'check',
    OPTIONS: 'options',
    TRACE: 'trace',
    QUERY: 'query',
  };
  return named[method] ?? method.toLowerCase();
}

export function segmentsOf(path: string): Segment[] {
  return path
    .split(/[/?#&=]/)
    .filter((part) => part !== '')
    .map((part) => ({ words: nameWords(part), parameter: /^\{[^{}]*\}(?:\.\w+)?$/.test(part) }))
    .filter(({ words }) => words.length > 0);
}

/** Six letters that stand for this method and path alone. */
export const mark = (method: string, path: string): string => `x${sha256(`${method} ${path}`).slice(0, 5)}`;
