import { type ApiRequest } from './api-client.ts';
import { type ApiAnswer } from './api-answer.ts';
import { getField, type Value } from './field-path.ts';
import type { PageOptions } from './api-pages.ts';

const nextFields = [
  'next',
  'links.next',
  'links.next.href',
  '_links.next.href',
  'paging.next.link',
  'meta.next',
  '@odata.nextLink',
];
const cursorFields = [
  'next_cursor',
  'nextCursor',
  'cursor.next',
  'meta.next_cursor',
  'paging.next.after',
  'next_page_token',
  'nextPageToken',
];
type Next = Pick<ApiRequest, 'path' | 'query'>;

export function nextPage(
  answer: ApiAnswer,
  options: PageOptions,
  path: string,
  query: ApiRequest['query'],
  count: number,
): Next | undefined {
  const address = linkHeader(answer.headers.get('link')) ?? firstText(answer.body, nextFields);
  if (address !== undefined) {
    if (/^(https?:|\/|\?)/i.test(address))
      return { path: absolute(address, path), query: address.startsWith('?') ? undefined : {} };
    return { path, query: { ...query, [options.cursorParameter ?? 'cursor']: address } };
  }
  const cursor = firstText(answer.body, cursorFields);
  if (cursor !== undefined) return { path, query: { ...query, [options.cursorParameter ?? 'cursor']: cursor } };
  return count > 0 ? nextNumber(answer.body, options.pageParameter ?? 'page', path, query) : undefined;
}

function nextNumber(body: Value, parameter: string, path: string, query: ApiRequest['query']): Next | undefined {
  const current = Number(
    query?.[parameter] ?? firstNumber(body, ['page', 'meta.page', 'current_page', 'meta.current_page']) ?? 1,
  );
  const total = firstNumber(body, [
    'total_pages',
    'totalPages',
    'meta.total_pages',
    'last_page',
    'meta.last_page',
    'pages',
  ]);
  const more = getField(body, 'has_more') ?? getField(body, 'hasMore') ?? getField(body, 'meta.has_more');
  const goesOn = total === undefined ? more === true : current < total;
  return goesOn ? { path, query: { ...query, [parameter]: current + 1 } } : undefined;
}

/** The next address as the API gave it: whole, from the root, or a bare query. */
function absolute(address: string, path: string): string {
  return address.startsWith('?') ? `${path.split('?')[0]}${address}` : address;
}

function linkHeader(header: string | null): string | undefined {
  const next = header?.split(/,\s*(?=<)/).find((part) => /;\s*rel="?next"?/i.test(part));
  return next?.match(/<([^>]+)>/)?.[1];
}

function firstText(body: Value, paths: readonly string[]): string | undefined {
  const found = paths
    .map((path) => getField(body, path))
    .find((value) => (typeof value === 'string' && value !== '') || typeof value === 'number');
  return found === undefined ? undefined : String(found);
}

function firstNumber(body: Value, paths: readonly string[]): number | undefined {
  const found = paths.map((path) => Number(getField(body, path) ?? Number.NaN)).find((value) => Number.isFinite(value));
  return found;
}
