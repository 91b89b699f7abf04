import { createHash } from 'node:crypto';
import { ToolError } from '#runtime/errors.ts';
import { callApi } from '#shared/api-client.ts';
import { ApiError } from '#shared/api-answer.ts';
import { apiPages } from '#shared/api-pages.ts';
import type { CallContext } from '#shared/bearer.ts';
import { datasetRows, writeDataset } from '#shared/dataset.ts';
import { isRecord, type RecordValue } from '#shared/field-path.ts';

/** The side that the local dataset is kept equal with. */
export interface Remote {
  all(): AsyncIterable<RecordValue>;
  create(record: RecordValue): Promise<RecordValue>;
  /** Undefined when the record changed since it was read. */
  update(id: string, record: RecordValue, seen: RecordValue): Promise<RecordValue | undefined>;
  remove(id: string): Promise<void>;
  read(id: string): Promise<RecordValue | undefined>;
  /** Called once at the end. */
  finish(): Promise<void>;
}

export interface ApiRemoteOptions {
  readonly path: string;
  readonly itemsPath?: string;
  readonly replace: boolean;
  readonly limit: number;
}

/** A collection of the API at API_BASE_URL: GET and POST on the path, GET, PATCH or PUT and DELETE on path/id. */
export function apiRemote(context: CallContext, options: ApiRemoteOptions): Remote {
  const root = options.path.replace(/\/+$/, '');
  const at = (id: string): string => `${root}/${encodeURIComponent(id)}`;
  const gone = (error: unknown, ...statuses: number[]): undefined => {
    if (error instanceof ApiError && statuses.includes(error.status)) return undefined;
    throw error;
  };
  return {
    async *all() {
      let count = 0;
      for await (const page of apiPages(context, {
        path: root,
        itemsPath: options.itemsPath,
        limit: options.limit + 1,
      })) {
        count += page.length;
        if (count > options.limit)
          throw new ToolError(
            `The API has more than ${options.limit} records.`,
            'Raise `limit`, or sync a part of them by a narrower path.',
          );
        context.progress(count, undefined, `${count} records read from the API`);
        yield* page;
      }
    },
    async create(record) {
      const headers = { 'idempotency-key': idempotencyKey(root, record) };
      const answer = await callApi(context, { method: 'POST', path: root, body: record, headers });
      return isRecord(answer.body) ? answer.body : record;
    },
    async update(id, record, seen) {
      const body = options.replace ? { ...seen, ...record } : record;
      const method = options.replace ? 'PUT' : 'PATCH';
      const headers = { 'idempotency-key': idempotencyKey(at(id), { ...record, seen }), ...ifUnchanged(seen) };
      const answer = await callApi(context, { method, path: at(id), body, headers }).catch((error) =>
        gone(error, 409, 412),
      );
      return answer === undefined ? undefined : isRecord(answer.body) ? answer.body : { ...seen, ...record };
    },
    async remove(id) {
      await callApi(context, { method: 'DELETE', path: at(id) }).catch((error) => gone(error, 404, 410));
    },
    async read(id) {
      const answer = await callApi(context, { method: 'GET', path: at(id) }).catch((error) => gone(error, 404, 410));
      return isRecord(answer?.body) ? answer.body : undefined;
    },
    finish: async () => {},
  };
}

/** Another dataset of the workspace in the API's place. */
export async function datasetRemote(context: CallContext, dataset: string, idField: string): Promise<Remote> {
  const records = new Map<string, RecordValue>();
  let last = 0;
  for await (const row of datasetRows(context, dataset)) {
    last += 1;
    records.set(String(row[idField] ?? `row-${last}`), row);
  }
  let changed = false;
  const put = async (id: string, record: RecordValue): Promise<RecordValue> => {
    changed = true;
    records.set(id, record);
    return record;
  };
  return {
    async *all() {
      yield* records.values();
    },
    create: (record) => put(String(record[idField] ?? `row-${(last += 1)}`), record),
    update: (id, record, seen) => put(id, { ...seen, ...record }),
    async remove(id) {
      changed = records.delete(id) || changed;
    },
    read: async (id) => records.get(id),
    async finish() {
      if (changed) await writeDataset(context, dataset, records.values());
    },
  };
}

/** The same record sent again, after a failure or a restart, has the same key. */
function idempotencyKey(root: string, record: RecordValue): string {
  return createHash('sha256')
    .update(`${root} ${JSON.stringify(record)}`)
    .digest('hex')
    .slice(0, 32);
}

/** Asks the API to refuse when the record changed since it was read, where the record tells its version. */
function ifUnchanged(seen: RecordValue): Record<string, string> {
  const tag = seen['etag'] ?? seen['_etag'] ?? seen['version'];
  return typeof tag === 'string' || typeof tag === 'number'
    ? { 'if-match': `"${String(tag).replace(/[^\x21\x23-\x7e]/g, '')}"` }
    : {};
}
