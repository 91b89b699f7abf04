import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../document/types.ts';
import { accepts, compiled, withOperation } from './testing.ts';

const answering = (responses: object, more: object = {}) => compiled(withOperation({ responses, ...more } as never));
const json = (schema: object) => ({ description: 'd', content: { 'application/json': { schema } } });

describe('answers', () => {
  it('[OPENAPI-COMPILE-12] have a schema that refuses no real answer', () => {
    const schema = {
      type: 'object',
      required: ['id', 'kind'],
      additionalProperties: false,
      properties: {
        id: { type: 'integer', minimum: 1 },
        kind: { type: 'string', enum: ['a'], pattern: '^a$', format: 'date' },
        parts: {
          type: 'array',
          minItems: 1,
          items: { oneOf: [{ type: 'string' }, { type: 'string', format: 'uri' }] },
        },
        secret: { type: 'string', writeOnly: true },
      },
    };
    const { output } = answering({ 200: json(schema) }).tool('one');
    const fits = (data: unknown) => accepts(output!, { status: 200, data });
    expect(fits({ id: 0, kind: 'other', parts: [], more: 1 })).toBe(true);
    expect(fits({ id: null, kind: null, parts: [null, 'x'] })).toBe(true);
    expect(fits(null)).toBe(true);
    expect(fits('an error page')).toBe(false);
    expect(accepts(output!, { status: 200, unexpected: 'an error page' })).toBe(true);
    expect(JSON.stringify(output)).not.toContain('secret');
  });

  it('[OPENAPI-COMPILE-12] do not show names that every object inherits: a client would judge what is not there', () => {
    const schema = { type: 'object', properties: { constructor: { type: 'string' }, driver: { type: 'string' } } };
    const { output } = answering({ 200: json(schema) }).tool('one');
    expect(JSON.stringify(output)).toContain('driver');
    expect(accepts(output!, { status: 200, data: {} })).toBe(true);
  });

  it('[OPENAPI-COMPILE-12] are read from 200, 201, other 2xx, the range, then `default` (4.8.16)', () => {
    const shape = (name: string) => json({ type: 'object', properties: { [name]: {} } });
    const data = (responses: object) =>
      Object.keys(
        (answering(responses).tool('one').output as JsonObject & { properties: { data: { properties: object } } })
          .properties.data.properties,
      );
    expect(data({ default: shape('d'), 202: shape('c'), 201: shape('b'), 200: shape('a') })).toEqual(['a']);
    expect(data({ default: shape('d'), '2XX': shape('x'), 404: shape('e') })).toEqual(['x']);
    expect(data({ default: shape('d'), 404: shape('e') })).toEqual(['d']);
    expect(answering({ 204: { description: 'gone' } }).tool('one').output).toBeUndefined();
  });

  it('[OPENAPI-COMPILE-12] stay small however large the document’s schema is', () => {
    const wide = (depth: number): object =>
      depth === 0
        ? { type: 'string' }
        : {
            type: 'object',
            properties: Object.fromEntries(Array.from({ length: 20 }, (_one, at) => [`p${at}`, wide(depth - 1)])),
          };
    expect(JSON.stringify(answering({ 200: json(wide(3)) }).tool('one').output).length).toBeLessThan(4000);
  });

  it('[OPENAPI-COMPILE-12] ask for JSON alone where there is any', () => {
    const content = { 'application/xml': {}, 'application/json': {}, 'application/hal+json': {} };
    expect(answering({ 200: { description: 'd', content } }).wire('one').accept).toEqual([
      'application/json',
      'application/hal+json',
    ]);
    expect(answering({ 200: { description: 'd', content: { 'image/png': {} } } }).wire('one').accept).toEqual([
      'image/png',
    ]);
  });
});

describe('pages', () => {
  const query = (...names: [string, string?, object?][]) =>
    names.map(([name, type = 'integer', more]) => ({ name, in: 'query', schema: { type, ...more } }));
  const list = { type: 'array', items: { type: 'object' } };
  const paged = (parameters: object[], properties: object | undefined, more: object = {}) =>
    answering(
      { 200: { ...json(properties === undefined ? list : { type: 'object', properties }), ...more } },
      { parameters },
    ).wire('one').pagination;
  const text = { type: 'string' };

  it('[OPENAPI-COMPILE-13] by cursor, address, offset, page and Link header', () => {
    expect(
      paged(query(['cursor', 'string']), { response_metadata: { type: 'object', properties: { next_cursor: text } } }),
    ).toEqual({ kind: 'cursor', argument: 'cursor', at: ['response_metadata', 'next_cursor'] });
    expect(paged(query(['pageToken', 'string'], ['pageSize']), { nextPageToken: text, items: list })).toEqual({
      kind: 'cursor',
      argument: 'pageToken',
      at: ['nextPageToken'],
    });
    expect(paged(query(['limit']), { next: { type: 'string', format: 'uri' }, results: list })).toEqual({
      kind: 'url',
      at: ['next'],
    });
    expect(
      paged(query(['limit']), {
        links: { type: 'object', properties: { next: { type: 'object', properties: { href: text } } } },
      }),
    ).toEqual({ kind: 'url', at: ['links', 'next', 'href'] });
    expect(paged(query(['offset'], ['limit']), { data: list })).toEqual({
      kind: 'offset',
      argument: 'offset',
      items: ['data'],
      size: 'limit',
    });
    expect(paged(query(['page'], ['per_page']), undefined)).toEqual({
      kind: 'page',
      argument: 'page',
      first: 1,
      items: [],
      size: 'per_page',
    });
    expect(paged(query(['page', 'integer', { minimum: 0 }]), undefined)).toMatchObject({ first: 0 });
    expect(paged(query(['page'], ['per_page']), undefined, { headers: { Link: { schema: text } } })).toEqual({
      kind: 'link',
    });
  });

  it('[OPENAPI-COMPILE-13] are not seen where only one side speaks of them', () => {
    expect(paged(query(['cursor', 'string']), { data: list })).toBeUndefined();
    expect(paged([], { next: text, data: list })).toBeUndefined();
    expect(paged(query(['from', 'string', { format: 'date' }]), { data: list })).toBeUndefined();
    expect(paged(query(['page']), { title: text })).toBeUndefined();
    expect(paged(query(['page', 'string']), undefined)).toBeUndefined();
  });
});
