import { describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ApiOperation, HttpParameter } from '../runtime/api-file.ts';
import { judgeRequest, type SentRequest } from './judge-request.ts';
import { matchOf } from './match-of.ts';
import { textsFor } from './text-of.ts';
import { valueOf } from './value-of.ts';

const parameter = (more: Partial<HttpParameter>): HttpParameter => ({
  argument: 'color',
  name: 'color',
  in: 'query',
  style: 'form',
  explode: true,
  ...more,
});
const sent = (more: Partial<SentRequest>): SentRequest => ({
  method: 'GET',
  url: '/',
  headers: {},
  body: new Uint8Array(),
  ...more,
});
const text = (body: string, type: string): Partial<SentRequest> => ({
  method: 'POST',
  url: '/x',
  body: Buffer.from(body),
  headers: { 'content-type': type },
});

function judge(
  request: Partial<SentRequest>,
  call: Partial<ApiOperation['implementation']>,
  args: Record<string, unknown>,
): string[] {
  const implementation = { kind: 'http' as const, method: request.method ?? 'GET', path: '/x', ...call };
  return judgeRequest(sent(request), {
    api: {},
    operation: { implementation },
    arguments: args,
    base: '',
    credentials: {},
  });
}

const list = ['blue', 'black', 'brown'];
const rgb = { R: 100, G: 200, B: 150 };

// The table "Style Examples" of OpenAPI 3.1.1, 4.8.12.4.
const table: [
  style: HttpParameter['style'],
  explode: boolean,
  place: 'path' | 'query',
  value: unknown,
  wire: string,
][] = [
  ['matrix', false, 'path', 'blue', ';color=blue'],
  ['matrix', false, 'path', list, ';color=blue,black,brown'],
  ['matrix', false, 'path', rgb, ';color=R,100,G,200,B,150'],
  ['matrix', true, 'path', list, ';color=blue;color=black;color=brown'],
  ['matrix', true, 'path', rgb, ';R=100;G=200;B=150'],
  ['label', false, 'path', 'blue', '.blue'],
  ['label', false, 'path', list, '.blue,black,brown'],
  ['label', false, 'path', rgb, '.R,100,G,200,B,150'],
  ['label', true, 'path', list, '.blue.black.brown'],
  ['label', true, 'path', rgb, '.R=100.G=200.B=150'],
  ['simple', false, 'path', list, 'blue,black,brown'],
  ['simple', false, 'path', rgb, 'R,100,G,200,B,150'],
  ['simple', true, 'path', rgb, 'R=100,G=200,B=150'],
  ['form', false, 'query', 'blue', 'color=blue'],
  ['form', false, 'query', list, 'color=blue,black,brown'],
  ['form', false, 'query', rgb, 'color=R,100,G,200,B,150'],
  ['form', true, 'query', list, 'color=blue&color=black&color=brown'],
  ['form', true, 'query', rgb, 'R=100&G=200&B=150'],
  ['spaceDelimited', false, 'query', list, 'color=blue%20black%20brown'],
  ['spaceDelimited', false, 'query', rgb, 'color=R%20100%20G%20200%20B%20150'],
  ['pipeDelimited', false, 'query', list, 'color=blue%7Cblack%7Cbrown'],
  ['deepObject', true, 'query', rgb, 'color[R]=100&color[G]=200&color[B]=150'],
];

describe('judging requests', () => {
  it.each(table)('[OPENAPI-SERVER-6] %s, explode %s, %s: %j', (style, explode, place, value, wire) => {
    const call = {
      path: place === 'path' ? '/x/{color}' : '/x',
      parameters: [parameter({ in: place, style, explode })],
    };
    const url = place === 'path' ? `/x/${wire}` : `/x?${wire}`;
    expect(judge({ url }, call, { color: value })).toEqual([]);
    for (const wrong of [
      url.replace(/blue|100/, 'red'),
      url.replace(wire, ''),
      `${url}${place === 'path' ? '/y' : '&stray=1'}`,
    ])
      expect(judge({ url: wrong }, call, { color: value })).not.toEqual([]);
  });

  it('[OPENAPI-SERVER-6] reads path parameters that touch, each as far as it goes (RFC 6570, 3.2.5 and 3.2.7)', () => {
    const touching = (style: HttpParameter['style'], explode: boolean) => ({
      path: '/x/{a}{b}/y',
      parameters: ['a', 'b'].map((name) => parameter({ argument: name, name, in: 'path', style, explode })),
    });
    const both = { a: rgb, b: list };
    const matrix = '/x/;R=100;G=200;B=150;b=blue;b=black;b=brown/y';
    expect(judge({ url: matrix }, touching('matrix', true), both)).toEqual([]);
    expect(judge({ url: matrix.replace(';B=150', '') }, touching('matrix', true), both)).not.toEqual([]);
    expect(judge({ url: '/x/.1.5.2/y' }, touching('label', false), { a: 1.5, b: 2 })).toEqual([]);
    expect(judge({ url: '/x/.1.52/y' }, touching('label', false), { a: 1.5, b: 2 })).not.toEqual([]);
    expect(judge({ url: '/x/12/y' }, touching('matrix', false), { a: 1, b: 2 })).not.toEqual([]);
    expect(judge({ url: '/x/2024-01/y' }, touching('simple', false), { a: 2024, b: '-01' })).toEqual([]);
  });

  it('[OPENAPI-SERVER-6] sees what was not encoded, an empty list, a content-typed value, headers and cookies', () => {
    const query = { parameters: [parameter({})] };
    expect(judge({ url: '/x?color=a%20b%26c' }, query, { color: 'a b&c' })).toEqual([]);
    expect(judge({ url: '/x?color=a%20b&c' }, query, { color: 'a b&c' })).not.toEqual([]);
    expect(judge({ url: '/x' }, query, { color: [] })).toEqual([]);
    const deep = { parameters: [parameter({ style: 'deepObject' })] };
    expect(judge({ url: '/x' }, deep, { color: { R: {}, G: [] } })).toEqual([]);
    expect(judge({ url: '/x' }, deep, { color: { R: 1 } })).not.toEqual([]);
    const piped = { parameters: [parameter({ style: 'pipeDelimited', explode: false })] };
    expect(judge({ url: '/x?color=%5B1%2C2%5D%7C%5B3%5D' }, piped, { color: [[1, 2], [3]] })).toEqual([]);
    const content = { parameters: [parameter({ content: 'application/json' })] };
    expect(judge({ url: '/x?color=%7B%22R%22%3A100%7D' }, content, { color: { R: 100 } })).toEqual([]);
    const others = {
      parameters: [parameter({ in: 'header', style: 'simple' }), parameter({ in: 'cookie', argument: 'c', name: 'c' })],
    };
    expect(
      judge({ url: '/x', headers: { color: 'a,b', cookie: 'z=1; c=2' } }, others, { color: ['a', 'b'], c: 2 }),
    ).toEqual([]);
    expect(judge({ url: '/x', headers: { cookie: 'c=3' } }, others, { color: ['a', 'b'], c: 2 })).toHaveLength(2);
  });

  it('[OPENAPI-SERVER-6] reads bodies back: JSON with its types, forms, multipart, text, bytes', () => {
    const body = (as: string, type: string, encoding = {}) =>
      ({ body: { argument: 'body', required: true, type, as, encoding } }) as object;
    const json = body('json', 'application/json');
    expect(judge(text('{"a":1}', 'application/json; charset=utf-8'), json, { body: { a: 1 } })).toEqual([]);
    expect(judge(text('{"a":"1"}', 'application/json'), json, { body: { a: 1 } })).toHaveLength(1);
    expect(judge(text('{"a":1}', 'text/plain'), json, { body: { a: 1 } })).toHaveLength(1);
    expect(judge(text('', 'application/json'), json, { body: { a: 1 } })).toHaveLength(1);
    expect(
      judge(
        text('a=1&b=x+y&b=z', 'application/x-www-form-urlencoded'),
        body('form', 'application/x-www-form-urlencoded'),
        { body: { a: 1, b: ['x y', 'z'] } },
      ),
    ).toEqual([]);
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const multipart = body('multipart', 'multipart/form-data', { file: { binary: true } });
    const parts = text(
      `${part('file', 'hi')}${part('tags', 'x')}${part('tags', 'y')}${part('meta', '{"a":1}')}--b--\r\n`,
      'multipart/form-data; boundary=b',
    );
    expect(judge(parts, multipart, { body: { file: 'text:hi', tags: ['x', 'y'], meta: { a: 1 } } })).toEqual([]);
    expect(judge(parts, multipart, { body: { file: 'text:ho', tags: ['x', 'y'], meta: { a: 1 } } })).toEqual([
      'the body does not carry file as given',
    ]);
    expect(judge(text('hi', 'image/png'), body('binary', 'image/*'), { body: 'aGk=' })).toEqual([]);
    expect(judge(text('hi', 'text/plain'), {}, {})).toEqual(['there is a body that was not given']);
  });

  it('[OPENAPI-SERVER-6] wants every credential of one alternative in its place', () => {
    const api = {
      security: {
        key: { type: 'apiKey', in: 'query', name: 'key', variable: 'KEY' },
        user: { type: 'basic', username: 'USER', password: 'PASS' },
        token: { type: 'http', scheme: 'bearer', variable: 'TOKEN' },
      },
    } as const;
    const implementation = {
      kind: 'http',
      method: 'GET',
      path: '/x',
      security: [{ key: [], user: [] }, { token: [] }],
    } as const;
    const problems = (url: string, authorization?: string): string[] =>
      judgeRequest(sent({ url, headers: { authorization } }), {
        api,
        operation: { implementation },
        arguments: {},
        base: '',
        credentials: { KEY: 'k y', USER: 'u', PASS: 'p', TOKEN: 't' },
      });
    expect(problems('/x?key=k%20y', `Basic ${Buffer.from('u:p').toString('base64')}`)).toEqual([]);
    expect(problems('/x', 'Bearer t')).toEqual([]);
    expect(problems('/x?key=k%20y')).toHaveLength(1);
    expect(problems('/x', 'Bearer other')).toHaveLength(1);
  });
});

describe('values for calls', () => {
  const schemas = {
    Node: {
      type: 'object',
      properties: { id: { type: 'integer', minimum: 3 }, next: { $ref: '#/$defs/Node' } },
      required: ['id'],
    },
    Must: {
      type: 'object',
      properties: { next: { anyOf: [{ $ref: '#/$defs/Must' }, { type: 'null' }] } },
      required: ['next'],
    },
  };

  const textOf = textsFor({});

  it.each([
    [{ type: 'string', pattern: '^[A-Z]{2}-\\d{4,6}(?:\\.(?:csv|json))?$' }],
    [{ type: 'string', minLength: 12, maxLength: 14 }],
    [{ type: 'string', format: 'uuid' }],
    [{ type: 'integer', exclusiveMinimum: 4, multipleOf: 5 }],
    [{ type: ['null', 'number'], minimum: 0.5, maximum: 0.75 }],
    [{ type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }],
    [{ allOf: [{ $ref: '#/$defs/Node' }, { type: 'object', properties: { x: { const: 'y' } }, required: ['x'] }] }],
    [
      {
        oneOf: [
          { type: 'null' },
          { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'], additionalProperties: false },
        ],
      },
    ],
    [{ $ref: '#/$defs/Node' }],
    [{ type: 'object', additionalProperties: { type: 'integer' }, minProperties: 2 }],
    [{ type: 'object', properties: { ['__proto__']: { type: 'string' } }, required: ['__proto__'] }],
  ])('[OPENAPI-SERVER-7] fits %j', (schema) => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile({ ...schema, $defs: schemas });
    for (const full of [true, false]) {
      const value = valueOf(schema, { textOf, schemas, full, examples: true });
      expect([value, validate(JSON.parse(JSON.stringify(value)))]).toEqual([value, true]);
    }
  });

  it('[ROBUST-12] a pattern that comes to no end in time has no text that fits', () => {
    const { a, b } = { a: '^(?:b?|c?){27}!|^a$', b: '^a$' };
    expect([a, b].map((pattern) => textOf({ type: 'string', pattern }))).toEqual(['text', 'a']);
  });

  it('[OPENAPI-SERVER-7] comes to an end on a schema that never does', () => {
    expect(valueOf({ $ref: '#/$defs/Must' }, { textOf, schemas, full: true, examples: false })).toBeTypeOf('object');
    expect(
      valueOf(
        { $ref: '#/$defs/Self' },
        { textOf, schemas: { Self: { $ref: '#/$defs/Self' } }, full: true, examples: false },
      ),
    ).toBeDefined();
  });

  it.each([
    '^(?:abc|\\d)[^abc]+[a-z-]{3,}$',
    '^[\\w.+-]+@[\\w-]+\\.[a-z]{2,}$',
    '^\\d{3}-\\d{2}(-x)?$',
    '^(?=.*a)[a-c]+$',
    '^[^/]+/[^/]+$',
    '^\\p{Lu}[\\p{L} ]*$',
    '^#?([a-f0-9]{6}|[a-f0-9]{3})$',
    '^\\u0041+$',
    '(a|b)*c',
  ])('[OPENAPI-SERVER-7] writes a text for the pattern %s', (pattern) => {
    expect(matchOf(pattern, 0, 100)).toMatch(new RegExp(pattern, 'u'));
  });

  it('[OPENAPI-SERVER-7] says where it cannot write a text for a pattern', () => {
    expect(matchOf('^(?=b)a$', 0, 10)).toBeUndefined();
    expect(matchOf('^a$', 5, 10)).toBeUndefined();
  });
});
