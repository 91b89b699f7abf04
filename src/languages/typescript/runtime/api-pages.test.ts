import { afterEach, describe, expect, it } from 'vitest';
import type { HttpParameter, Pagination } from './api-file.ts';
import { openApi, operation, standIn, type StandIn } from './api-testing.ts';

let api: StandIn;

afterEach(() => api.close());

const parameters: HttpParameter[] = ['cursor', 'page', 'limit', 'q'].map((name) => ({
  argument: name,
  name,
  in: 'query',
  style: 'form',
  explode: true,
}));

async function next(
  pagination: Pagination | undefined,
  body: unknown,
  args = {},
  headers: Record<string, string> = {},
) {
  api = await standIn(() => Response.json(body, { headers }));
  const tools = [operation({ path: '/x', parameters, ...(pagination && { pagination }) })];
  const result = await openApi(api, { tools })('get_x', args);
  api.close();
  return result.structuredContent!['next'];
}

it('[OPENAPI-CALL-1] sends no parameter that is not given, also under a name that every object inherits', async () => {
  api = await standIn(() => Response.json({}));
  const named = ['constructor', 'toString'].map((name) => ({ ...parameters[0]!, argument: name, name }));
  await openApi(api, { tools: [operation({ path: '/x', parameters: named })] })('get_x', { toString: 'a' });
  expect(api.seen.map(({ url }) => url)).toEqual(['/x?toString=a']);
});

describe('the next page', () => {
  it('[OPENAPI-CALL-13] by cursor', async () => {
    const kind = { kind: 'cursor', argument: 'cursor', at: ['meta', 'next'] } as const;
    expect(await next(kind, { meta: { next: 'c2' } })).toEqual({ cursor: 'c2' });
    for (const body of [
      { meta: { next: null } },
      { meta: { next: '' } },
      { meta: { next: 'c2' }, has_more: false },
      [],
    ])
      expect(await next(kind, body)).toBeUndefined();
    expect(await next(kind, { meta: { next: 'c2' } }, { cursor: 'c2' })).toBeUndefined();
  });

  it('[OPENAPI-CALL-13] by address, only to the same place and by declared parameters', async () => {
    const kind = { kind: 'url', at: ['next'] } as const;
    const { origin } = (api = await standIn(() => Response.json({})));
    api.close();
    expect(await next(kind, { next: '?cursor=b&evil=1&limit=5' }, { limit: 5 })).toEqual({ cursor: 'b' });
    expect(await next(kind, { next: '/x?page=2' }, { page: 1 })).toEqual({ page: 2 });
    expect(await next(kind, { next: { href: '/x?page=2' } })).toEqual({ page: 2 });
    for (const address of [`${origin}0/x?page=2`, 'https://evil.example/x?page=2', '/other?page=2', 7])
      expect(await next(kind, { next: address })).toBeUndefined();
  });

  it('[OPENAPI-CALL-13] by the number of the first item', async () => {
    const kind = { kind: 'offset', argument: 'cursor', items: ['items'], size: 'limit' } as const;
    expect(await next(kind, { items: [1, 2] }, { cursor: 4, limit: 2 })).toEqual({ cursor: 6 });
    expect(await next(kind, { items: [1] }, { limit: 2 })).toBeUndefined();
    expect(await next(kind, { items: [1, 2], total: 2 }, { limit: 2 })).toBeUndefined();
    expect(await next(kind, { items: [] })).toBeUndefined();
  });

  it('[OPENAPI-CALL-13] by the number of the page', async () => {
    const kind = { kind: 'page', argument: 'page', first: 1, items: [], size: 'limit' } as const;
    expect(await next(kind, [1, 2])).toEqual({ page: 2 });
    expect(await next(kind, [1], { page: 3, limit: 2 })).toBeUndefined();
  });

  it('[OPENAPI-CALL-13] by Link header, whatever the document says', async () => {
    const link = '</x?page=1>; rel="prev", </x?page=3&q=a%20b>; title="x"; rel="last next"';
    expect(await next(undefined, [], { page: 2, q: 'a b' }, { link })).toEqual({ page: 3 });
    expect(await next(undefined, [], {}, { link: '<https://evil.example/x?page=3>; rel=next' })).toBeUndefined();
  });

  it('[OPENAPI-CALL-13] is none where the Link header names other pages and no next one', async () => {
    const kind = { kind: 'page', argument: 'page', first: 1, items: [] } as const;
    expect(await next(kind, [1], { page: 3 }, { link: '</x?page=2>; rel=prev' })).toBeUndefined();
    expect(await next(kind, [1], { page: 3 }, { link: '</terms>; rel="license"' })).toEqual({ page: 4 });
  });
});
