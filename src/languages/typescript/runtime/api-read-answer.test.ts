import { afterEach, describe, expect, it } from 'vitest';
import { keepAnswers } from './api-kept.ts';
import { errorOf, openApi, operation, standIn, type StandIn } from './api-testing.ts';

let api: StandIn;

afterEach(() => api.close());

const maxCharacters = 4000;

async function large(body: unknown) {
  api = await standIn(() => (typeof body === 'string' ? new Response(body) : Response.json(body)));
  const { inputSchema, title, description, annotations } = operation({ path: '/' });
  const read = {
    name: 'read_answer',
    inputSchema,
    title,
    description,
    annotations,
    implementation: { kind: 'answer' },
  } as const;
  const call = openApi(api, { tools: [operation({ path: '/x' }), read] }, { maxCharacters });
  const result = await call('get_x');
  const first = result.structuredContent as { data: any; text?: string; cut: { answer: string } };
  return {
    first,
    size: JSON.stringify(result.structuredContent).length,
    read: (args = {}) => call('read_answer', { answer: first.cut.answer, ...args }),
  };
}

const rows = Array.from({ length: 300 }, (_, id) => ({ id, name: `row ${id}`, note: 'x'.repeat(50) }));

describe('a large answer', () => {
  it('[OPENAPI-CALL-14] shows its first items whole and says how to read on', async () => {
    const { first, size } = await large({ total: 300, items: rows });
    expect(size).toBeLessThan(maxCharacters);
    const { items } = first.data as { items: unknown[] };
    expect(items).toEqual(rows.slice(0, items.length));
    expect(first.cut).toMatchObject({
      lists: [{ path: 'items', shown: items.length, total: 300 }],
      how: expect.stringContaining('read_answer'),
    });
  });

  it('[OPENAPI-CALL-14] is read on in parts, all of it', async () => {
    const { read } = await large({ total: 300, items: rows });
    const seen: unknown[] = [];
    for (let args: object | undefined = {}; args !== undefined;) {
      const part: any = (await read(args)).structuredContent;
      seen.push(...part.data.items);
      args = part.next;
    }
    expect(seen).toEqual(rows);
    expect((await read({ from: 10, count: 2 })).structuredContent).toMatchObject({
      list: 'items',
      from: 10,
      shown: 2,
      total: 300,
      data: { total: 300, items: rows.slice(10, 12) },
      next: { from: 12 },
    });
  });

  it('[OPENAPI-CALL-14] gives only the fields asked for', async () => {
    const { read } = await large({ total: 300, items: rows });
    const { data } = (await read({ fields: ['items.id', 'total', 'no.such'] })).structuredContent as {
      data: { items: object[] };
    };
    expect(data).toMatchObject({ total: 300 });
    expect(data.items[1]).toEqual({ id: 1 });
    expect(data.items.length).toBeGreaterThan(200);
  });

  it('[OPENAPI-CALL-14] takes the bare name of an item’s field, and says which there are when none is meant', async () => {
    const { read } = await large({ total: 300, items: rows });
    const { data } = (await read({ fields: ['id', 'total'], from: 3, count: 2 })).structuredContent as { data: object };
    expect(data).toEqual({ total: 300, items: [{ id: 3 }, { id: 4 }] });
    expect(errorOf(await read({ fields: ['nope'] }))).toBe('The answer has no "nope". There are: id, name, note.');
    expect((await read({ fields: ['id'], from: 400 })).structuredContent).toMatchObject({ shown: 0, total: 300 });
  });

  it('[OPENAPI-CALL-14] of one long text is read by characters', async () => {
    const text = Array.from({ length: 2000 }, (_, at) => `line ${at}\n`).join('');
    const { first, read } = await large(text);
    expect(text.startsWith(first.text!.slice(0, -1))).toBe(true);
    let whole = '';
    for (let args: object | undefined = {}; args !== undefined;) {
      const part: any = (await read(args)).structuredContent;
      whole += part.text;
      args = part.next;
    }
    expect(whole).toBe(text);
  });

  it('[OPENAPI-CALL-14] of one deep object keeps its small fields and shortens the large ones', async () => {
    const { first, size } = await large({
      id: 1,
      deep: { blob: 'y'.repeat(50_000), small: true, more: { list: rows } },
    });
    expect(size).toBeLessThan(maxCharacters);
    expect(first.data).toMatchObject({ id: 1, deep: { small: true } });
    expect(first.data.deep.blob.endsWith('…')).toBe(true);
  });

  it('[OPENAPI-CALL-14] is kept only for a while, under an id that nobody guesses', async () => {
    const { read } = await large(rows);
    expect(errorOf(await read({ answer: 'AAAAAAAAAAAAAAAA' }))).toContain('not kept any more');
    const kept = keepAnswers(2, 1000);
    const ids = [kept.keep(1, 10)!, kept.keep(2, 10)!];
    expect(kept.get(ids[0]!)).toBe(1);
    const third = kept.keep(3, 10)!;
    expect([kept.get(ids[1]!), kept.get(ids[0]!), kept.get(third)]).toEqual([undefined, 1, 3]);
    expect(kept.keep(4, 1001)).toBeUndefined();
    const fourth = kept.keep(4, 995)!;
    expect([kept.get(third), kept.get(fourth)]).toEqual([undefined, 4]);
  });
});
