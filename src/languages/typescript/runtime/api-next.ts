import type { HttpCall, Pagination } from './api-file.ts';
import type { Reply } from './api-reply.ts';
import { isRecord } from './schema.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * Arguments to add to the same call for the next page, or nothing on the last one. Addresses are followed only to the
 * same host and path, and only by parameters that the operation declares.
 */
export function nextPage(call: HttpCall, args: Arguments, reply: Reply, url: URL): Record<string, unknown> | undefined {
  const { pagination } = call;
  const link = reply.headers.get('link');
  const declared = pagination === undefined || isLast(link) ? undefined : byKind(pagination, call, args, reply, url);
  const next = declared ?? fromAddress(linked(link, 'next'), call, args, url);
  return next === undefined || saysTheSame(next, args) ? undefined : next;
}

function byKind(kind: Pagination, call: HttpCall, args: Arguments, { data }: Reply, url: URL) {
  switch (kind.kind) {
    case 'cursor': {
      const cursor = valueAt(data, kind.at);
      const given = (typeof cursor === 'string' && cursor !== '') || typeof cursor === 'number';
      return given && !endsHere(data) ? { [kind.argument]: cursor } : undefined;
    }
    case 'url': {
      const address = valueAt(data, kind.at);
      return fromAddress(isRecord(address) ? address['href'] : address, call, args, url);
    }
    case 'offset': {
      const count = countAt(data, kind.items);
      const at = numberOf(args[kind.argument]) ?? 0;
      return goesOn(data, count, numberOf(kind.size && args[kind.size]), at + count)
        ? { [kind.argument]: at + count }
        : undefined;
    }
    case 'page': {
      const page = numberOf(args[kind.argument]) ?? kind.first;
      const count = countAt(data, kind.items);
      return goesOn(data, count, numberOf(kind.size && args[kind.size])) ? { [kind.argument]: page + 1 } : undefined;
    }
    case 'link':
      return undefined;
  }
}

/** Whether a page with so many items has one after it, when `seen` items came so far. */
function goesOn(data: unknown, count: number, size: number | undefined, seen?: number): boolean {
  if (count === 0 || endsHere(data)) return false;
  const total = totalIn(data);
  if (total !== undefined && seen !== undefined) return seen < total;
  return size === undefined || count >= size;
}

/** Answers that say themselves that nothing follows. */
function endsHere(data: unknown): boolean {
  return isRecord(data) && ['has_more', 'hasMore', 'has_next', 'hasNext', 'more'].some((name) => data[name] === false);
}

function totalIn(data: unknown): number | undefined {
  if (!isRecord(data)) return undefined;
  return ['total', 'total_count', 'totalCount', 'totalItems']
    .map((name) => numberOf(data[name]))
    .find((it) => it !== undefined);
}

function countAt(data: unknown, at: readonly string[]): number {
  const items = valueAt(data, at);
  return Array.isArray(items) ? items.length : 0;
}

/** The arguments that an address of the next page stands for. */
function fromAddress(address: unknown, call: HttpCall, args: Arguments, url: URL): Record<string, unknown> | undefined {
  if (typeof address !== 'string' || address === '' || !URL.canParse(address, url.href)) return undefined;
  const next = new URL(address, url);
  if (next.host !== url.host || next.pathname !== url.pathname) return undefined;
  const found: Record<string, unknown> = {};
  for (const { name, argument, in: place } of call.parameters ?? []) {
    const values = place === 'query' ? next.searchParams.getAll(name) : [];
    if (values.length === 0) continue;
    const value = values.length === 1 ? alike(values[0]!, args[argument]) : values;
    if (String(args[argument]) !== String(value)) found[argument] = value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** Numbers stay numbers: a schema that asks for one takes no text. */
function alike(value: string, before: unknown): unknown {
  return typeof before !== 'string' && /^-?(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

/** Whether the links of an answer lead to other pages, and to none after it. */
function isLast(link: string | null): boolean {
  return (
    linked(link, 'next') === undefined && ['prev', 'previous', 'first'].some((name) => linked(link, name) !== undefined)
  );
}

/** The address with a relation in a Link header (RFC 8288). */
function linked(header: string | null, relation: string): string | undefined {
  for (const [, address, parameters = ''] of (header ?? '').slice(0, 10_000).matchAll(/<([^>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*(?:"([^"]*)"|([\w-]+))/i.exec(parameters);
    if (`${relations?.[1] ?? relations?.[2] ?? ''}`.toLowerCase().split(/\s+/).includes(relation)) return address;
  }
  return undefined;
}

function valueAt(data: unknown, at: readonly string[]): unknown {
  return at.reduce<unknown>(
    (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    data,
  );
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The same arguments again would be the same page for ever. */
function saysTheSame(next: Readonly<Record<string, unknown>>, args: Arguments): boolean {
  return Object.entries(next).every(([name, value]) => JSON.stringify(args[name]) === JSON.stringify(value));
}
