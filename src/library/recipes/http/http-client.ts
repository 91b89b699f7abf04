import { randomUUID } from 'node:crypto';
import { ToolError } from '#runtime/errors.ts';
import { apiUrl, callApi, type ApiRequest } from '#shared/api-client.ts';
import { apiPages } from '#shared/api-pages.ts';
import type { CallContext } from '#shared/bearer.ts';
import { callLogPath, logCall } from '#shared/call-log.ts';
import { fillDataset, makeRow, type DatasetResult } from '#shared/dataset.ts';
import { datasetName } from '#shared/dataset-names.ts';
import type { RecordValue, Value } from '#shared/field-path.ts';
import { optionalSetting } from '#shared/settings.ts';

export interface HttpClientInput {
  operation: 'list' | 'get' | 'create' | 'update' | 'delete';
  path: string;
  query?: Record<string, string | number | boolean>;
  body?: RecordValue;
  replace?: boolean;
  dataset?: string;
  limit?: number;
  items_path?: string;
  cursor_parameter?: string;
  page_parameter?: string;
  dry_run?: boolean;
}

export interface HttpClientOutput extends Partial<DatasetResult> {
  operation: string;
  method: string;
  path: string;
  dry_run: boolean;
  call_log: string;
  status?: number;
  record?: Value;
}

/** Lists, reads, creates, changes or deletes records of the API at API_BASE_URL. */
export async function httpClient(args: HttpClientInput, context: CallContext): Promise<HttpClientOutput> {
  const request = requestFor(args);
  const shown = { operation: args.operation, method: request.method, path: request.path, call_log: callLogPath };
  if (args.dry_run === true) {
    const url = apiUrl(new URL(optionalSetting(context, 'API_BASE_URL') ?? 'https://api.invalid/'), request);
    await logCall(context, { method: request.method, path: url.pathname, ms: 0, attempts: 0, dryRun: true });
    return { ...shown, dry_run: true };
  }
  if (args.operation === 'list') return { ...shown, dry_run: false, ...(await fetchAll(args, context)) };
  const answer = await callApi(context, request);
  return { ...shown, dry_run: false, status: answer.status, record: answer.body };
}

function requestFor(args: HttpClientInput): ApiRequest {
  const common = { path: args.path, ...(args.query === undefined ? {} : { query: args.query }) };
  if (args.operation === 'list' || args.operation === 'get') return { ...common, method: 'GET' };
  if (args.operation === 'delete') return { ...common, method: 'DELETE' };
  if (args.body === undefined)
    throw new ToolError(`To ${args.operation} a record its fields are needed.`, 'Give them in `body`.');
  const method = args.operation === 'create' ? 'POST' : args.replace === true ? 'PUT' : 'PATCH';
  // The key lets an API that knows it recognise a repeated request (draft-ietf-httpapi-idempotency-key-header).
  return { ...common, method, body: args.body, headers: { 'idempotency-key': randomUUID() } };
}

async function fetchAll(args: HttpClientInput, context: CallContext): Promise<DatasetResult> {
  const limit = args.limit ?? 1000;
  const name = args.dataset ?? datasetName(args.path.split('?')[0] ?? '');
  let fetched = 0;
  return fillDataset(context, name, async (add) => {
    const pages = apiPages(context, {
      path: args.path,
      query: args.query,
      itemsPath: args.items_path,
      cursorParameter: args.cursor_parameter,
      pageParameter: args.page_parameter,
      limit,
    });
    for await (const records of pages) {
      for (const record of records) await add(makeRow(record));
      fetched += records.length;
      context.progress(fetched, undefined, `${fetched} records fetched`);
    }
  });
}
