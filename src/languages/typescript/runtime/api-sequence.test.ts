import { afterEach, describe, expect, it } from 'vitest';
import { openApi, operation, standIn, type StandIn } from './api-testing.ts';
import { readSequence, sequenceOf, writeSequence } from './api-sequence.ts';

let api: StandIn;
afterEach(() => api?.close());

describe('sequential media types (OpenAPI 3.2, Sequential Media Types)', () => {
  it.each([
    ['application/jsonl', '{"id":1}\n{"id":2}\n'],
    ['application/x-ndjson; charset=utf-8', '{"id":1}\r\n\r\n{"id":2}'],
    ['application/json-seq', '\u001E{"id":1}\n\u001E{"id":2}\n'],
    ['application/geo+json-seq', '\u001E{"id":1}\n\u001E{"id":2}\n'],
  ])('[OPENAPI-CALL-19] are read as a list: %s', async (type, body) => {
    api = await standIn(() => new Response(body, { headers: { 'content-type': type } }));
    const result = await openApi(api, { tools: [operation({ path: '/x' })] })('get_x');
    expect(result.structuredContent).toEqual({ status: 200, data: [{ id: 1 }, { id: 2 }] });
  });

  it('[OPENAPI-CALL-19] give events as HTML, 9.2.6 reads them, without one that is cut off', async () => {
    const body = ': hello\nevent: add\nid: 7\ndata: {"a":1}\ndata: more\n\nretry: 10\ndata:x\n\ndata: half';
    api = await standIn(() => new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    const result = await openApi(api, { tools: [operation({ path: '/x' })] })('get_x');
    const events = [
      { event: 'add', id: '7', data: '{"a":1}\nmore' },
      { retry: 10, data: 'x' },
    ];
    expect(result.structuredContent).toEqual({ status: 200, data: events });
  });

  it('[OPENAPI-CALL-19] stay text where they are no sequence', async () => {
    api = await standIn(() => new Response('{"id":1}\nnot json', { headers: { 'content-type': 'application/jsonl' } }));
    const result = await openApi(api, { tools: [operation({ path: '/x' })] })('get_x');
    expect(result.structuredContent).toEqual({ status: 200, text: '{"id":1}\nnot json' });
  });

  it.each(['application/jsonl', 'application/json-seq', 'text/event-stream'])(
    '[OPENAPI-CALL-19] are sent from a list: %s',
    async (type) => {
      api = await standIn(() => new Response(null, { status: 204 }));
      const body = { argument: 'body', required: true, type, as: 'text' } as const;
      const items = [{ data: 'a\nb' }, { data: 'c' }];
      await openApi(api, { tools: [operation({ method: 'POST', path: '/x', body })] })('post_x', { body: items });
      expect(api.seen[0]!.headers['content-type']).toBe(type);
      expect(readSequence(sequenceOf(type)!, api.seen[0]!.body)).toEqual(items);
    },
  );

  it('[OPENAPI-CALL-19] let no item break out of its event', () => {
    expect(writeSequence('events', [{ data: 'a\r\n\r\nevent: b', 'x\ny:z': 1 }])).toBe(
      'data: a\ndata: \ndata: event: b\nxyz: 1\n\n',
    );
  });
});
