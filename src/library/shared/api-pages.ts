import { ToolError } from '#runtime/errors.ts';
import { callApi, type ApiRequest } from './api-client.ts';
import type { CallContext } from './bearer.ts';
import { getField, isRecord, type RecordValue, type Value } from './field-path.ts';
import { nextPage } from './next-page.ts';

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
