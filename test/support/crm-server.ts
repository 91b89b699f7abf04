import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, sendJson, type Loopback } from './loopback.ts';

export interface CrmRecord {
  id: number;
  version: number;
  updated_at: string;
  [field: string]: string | number | boolean | null;
}

export interface CrmOptions {
  /** Whether an access token is good; without it the CRM is open. */
  readonly isValid?: (accessToken: string) => boolean;
  readonly collection?: string;
  readonly pageSize?: number;
  /** Share of requests that fail with 500 before anything is done, 0 to 1; which ones depends on `seed` alone. */
  readonly failures?: number;
  readonly seed?: number;
  /** More requests than this in the window get 429 with Retry-After. */
  readonly limit?: { readonly count: number; readonly seconds: number };
}

export interface Crm extends Loopback {
  readonly records: Map<number, CrmRecord>;
  /** Every request that came, with the status it got. */
  readonly calls: { readonly at: number; readonly method: string; readonly path: string; readonly status: number }[];
  add(fields: Record<string, string | number | boolean | null>, updatedAt?: string): CrmRecord;
  /** A change made by somebody else. */
  edit(id: number, fields: Record<string, string | number | boolean | null>, updatedAt?: string): void;
  /** Run once, before the next write is looked at. */
  beforeNextWrite: (() => void) | undefined;
  /** Statuses to answer the next requests with, whatever they ask. */
  readonly scripted: { status: number; retryAfter?: string }[];
}

/** A CRM with a REST interface: pages with cursors, versions with If-Match, Idempotency-Key, 429 and 500. */
export async function startCrm(options: CrmOptions = {}): Promise<Crm> {
  const collection = options.collection ?? 'contacts';
  const random = generator(options.seed ?? 1);
  const created = new Map<string, CrmRecord>();
  let lastId = 0;

  const refusal = (request: IncomingMessage): { status: number; headers?: Record<string, string> } | undefined => {
    const scripted = crm.scripted.shift();
    if (scripted)
      return {
        status: scripted.status,
        ...(scripted.retryAfter ? { headers: { 'retry-after': scripted.retryAfter } } : {}),
      };
    const { limit } = options;
    const since = Date.now() - (limit?.seconds ?? 0) * 1000;
    if (limit && crm.calls.filter((call) => call.at > since && call.status !== 429).length >= limit.count) {
      return { status: 429, headers: { 'retry-after': String(limit.seconds) } };
    }
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (options.isValid && !options.isValid(token))
      return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
    return random() < (options.failures ?? 0) ? { status: 500 } : undefined;
  };

  const answer = (request: IncomingMessage, url: URL, body: string): { status: number; body?: unknown } => {
    const [, root, id] = url.pathname.split('/');
    if (root !== collection) return { status: 404, body: { message: 'no such collection' } };
    if (request.method !== 'GET') meddle();
    if (id === undefined)
      return request.method === 'POST' ? create(String(request.headers['idempotency-key'] ?? ''), body) : page(url);
    return one(request, Number(id), body);
  };

  const meddle = (): void => {
    const hook = crm.beforeNextWrite;
    crm.beforeNextWrite = undefined;
    hook?.();
  };

  const page = (url: URL): { status: number; body: unknown } => {
    const all = [...crm.records.values()];
    const size = options.pageSize ?? 50;
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const next = start + size < all.length ? String(start + size) : null;
    return { status: 200, body: { data: all.slice(start, start + size), next_cursor: next } };
  };

  const create = (key: string, body: string): { status: number; body: unknown } => {
    const known = created.get(key);
    if (known && crm.records.has(known.id)) return { status: 200, body: known };
    const record = crm.add(JSON.parse(body) as Record<string, string>);
    if (key !== '') created.set(key, record);
    return { status: 201, body: record };
  };

  const one = (request: IncomingMessage, id: number, body: string): { status: number; body?: unknown } => {
    const record = crm.records.get(id);
    if (record === undefined) return { status: 404, body: { message: 'no such record' } };
    if (request.method === 'GET') return { status: 200, body: record };
    const seen = request.headers['if-match'];
    if (seen !== undefined && seen !== `"${record.version}"`)
      return { status: 412, body: { message: 'changed meanwhile' } };
    if (request.method === 'DELETE') return { status: crm.records.delete(id) ? 204 : 404 };
    crm.edit(id, JSON.parse(body) as Record<string, string>);
    return { status: 200, body: crm.records.get(id) };
  };

  const loopback = await listen((request: IncomingMessage, response: ServerResponse, body) => {
    const url = new URL(request.url ?? '/', loopback.url);
    const refused = refusal(request);
    const { status, body: sent } = refused
      ? { status: refused.status, body: { message: `status ${refused.status}` } }
      : answer(request, url, body);
    crm.calls.push({ at: Date.now(), method: request.method ?? '', path: url.pathname, status });
    sendJson(response, status, sent, refused?.headers);
  });

  const crm: Crm = {
    ...loopback,
    records: new Map(),
    calls: [],
    scripted: [],
    beforeNextWrite: undefined,
    add(fields, updatedAt = new Date().toISOString()) {
      const record: CrmRecord = { ...fields, id: (lastId += 1), version: 1, updated_at: updatedAt };
      crm.records.set(record.id, record);
      return record;
    },
    edit(id, fields, updatedAt = new Date().toISOString()) {
      const record = crm.records.get(id);
      if (record) crm.records.set(id, { ...record, ...fields, id, version: record.version + 1, updated_at: updatedAt });
    },
  };
  return crm;
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
