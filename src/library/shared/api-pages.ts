import { ToolError } from '#runtime/errors.ts';
import { callApi, type ApiAnswer, type ApiRequest } from './api-client.ts';
import type { CallContext } from './bearer.ts';
import { getField, isRecord, type RecordValue, type Value } from './field-path.ts';

export interface PageOptions {
  readonly path: string;
  readonly query?: ApiRequest['query'];
  /** Where the records stand in an answer; found by itself when absent. */
  readonly itemsPath?: string;
  /** Query parameter that carries the cursor, default `cursor`. */
  readonly cursorParameter?: string;
  /** Query parameter that carries the page number, default `page`. */
  readonly pageParameter?: string;
  /** Most records to fetch. */
  readonly limit: number;
}

const itemFields = ['data', 'items', 'results', 'records', 'value', 'entries'];
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
const mostPages = 10_000;

/**
 * Records of a collection, page after page. Follows a Link header, a next address in the answer,
 * a cursor, or page numbers where the answer says there are more; stops at `limit`.
 */
export async function* apiPages(context: CallContext, options: PageOptions): AsyncGenerator<RecordValue[]> {
  let path = options.path;
  let query = options.query;
  let fetched = 0;
  const seen = new Set<string>();
  for (let page = 1; page <= mostPages; page += 1) {
    context.signal.throwIfAborted();
    const answer = await callApi(context, { method: 'GET', path, query });
    const records = recordsOf(answer.body, options.itemsPath).slice(0, options.limit - fetched);
    fetched += records.length;
    yield records;
    const next = fetched >= options.limit ? undefined : nextPage(answer, options, path, query, records.length);
    if (next === undefined || seen.has(JSON.stringify(next))) return;
    seen.add(JSON.stringify(next));
    path = next.path;
    query = next.query;
  }
}

/** The list of records in an answer. A list of bare values becomes records of `{value}`. */
export function recordsOf(body: Value, itemsPath?: string): RecordValue[] {
  const found = itemsPath === undefined ? findList(body) : getField(body, itemsPath);
  if (Array.isArray(found)) return found.map((item) => (isRecord(item) ? item : { value: item }));
  if (itemsPath === undefined && isRecord(body)) return [body];
  const fields = isRecord(body) ? Object.keys(body).slice(0, 10).join(', ') : typeof body;
  throw new ToolError(
    'The answer holds no list of records there.',
    `Set items_path to the field with the list. The answer has: ${fields}.`,
  );
}

function findList(body: Value): Value | undefined {
  if (Array.isArray(body) || !isRecord(body)) return body;
  const named = itemFields.find((field) => Array.isArray(body[field]));
  if (named !== undefined) return body[named];
  const lists = Object.values(body).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : undefined;
}

type Next = Pick<ApiRequest, 'path' | 'query'>;

function nextPage(
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
