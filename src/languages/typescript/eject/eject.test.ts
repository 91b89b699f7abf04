import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import { api as apiSchema, tool as toolSchema, type Api, type Tool } from '../../../spec/index.ts';
import { judgeRequest, type SentRequest } from '../testing/judge-request.ts';
import type { ApiOperation } from '../runtime/api-file.ts';
import { parseCode } from '../parse-code.ts';
import { ejectTool } from './eject.ts';

const api: Api = apiSchema.parse({
  title: 'Pets',
  version: '1',
  servers: [
    {
      url: 'https://{region}.pets.example/v1',
      variable: 'PETS_URL',
      variables: { region: { variable: 'PETS_REGION', default: 'eu' } },
    },
  ],
  security: {
    key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'PETS_KEY' },
    query: { type: 'apiKey', in: 'query', name: 'api key', variable: 'PETS_QUERY' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'session', variable: 'PETS_COOKIE' },
    user: { type: 'basic', username: 'PETS_USER', password: 'PETS_PASSWORD' },
    token: { type: 'http', scheme: 'bearer', variable: 'PETS_TOKEN' },
    oauth: {
      type: 'oauth2',
      flow: 'clientCredentials',
      tokenUrl: 'https://pets.example/token',
      token: 'OAUTH_TOKEN',
      clientId: 'OAUTH_ID',
      clientSecret: 'OAUTH_SECRET',
      refreshToken: 'OAUTH_REFRESH',
    },
    cert: { type: 'mutualTLS', certificate: 'C', key: 'K' },
  },
  schemas: { Color: { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } } } },
});
const secrets: Record<string, string> = {
  PETS_KEY: 'k',
  PETS_QUERY: 'q&',
  PETS_COOKIE: 'c',
  PETS_USER: 'u',
  PETS_PASSWORD: 'p:',
  PETS_TOKEN: 't',
  OAUTH_TOKEN: 'granted',
  OAUTH_ID: 'i',
  OAUTH_SECRET: 's',
};

const list = { type: 'array', items: { type: 'string' } };
const color = { $ref: '#/$defs/Color' };
const text = { type: 'string' };

function operation(properties: object, call: object): Tool {
  return toolSchema.parse({
    name: 'call_it',
    title: 'Call',
    description: 'Calls it.',
    input: { type: 'object', properties },
    output: { type: 'object' },
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    implementation: { kind: 'http', method: 'POST', path: '/pets', accept: ['application/json'], ...call },
  });
}

const at = (place: string, style: string, explode: boolean, argument = 'x', more = {}) => ({
  argument,
  name: argument,
  in: place,
  style,
  explode,
  ...more,
});

/** Runs ejected code against a stand-in, and judges what it sends as the generated tests do. */
async function problemsOf(tool: Tool, args: Record<string, unknown>): Promise<string[]> {
  const { implementation } = ejectTool(tool, api);
  const code = implementation.kind === 'code' ? implementation.code : '';
  expect(parseCode(code)).toEqual([]);
  const sent: SentRequest[] = [];
  const fetch = async (input: string, init: RequestInit) => {
    if (input.endsWith('/token')) return Response.json({ access_token: 'granted' });
    const request = new Request(input, init);
    const url = new URL(request.url);
    expect(url.host).toBe('eu.pets.example');
    const body = new Uint8Array(await request.arrayBuffer());
    sent.push({
      method: request.method,
      url: url.pathname + url.search,
      headers: Object.fromEntries(request.headers),
      body,
    });
    return Response.json({ ok: true });
  };
  const body = stripTypeScriptTypes(`async (args, context) => {\n${code.replace(/^import .*\n/gm, '')}\n}`);
  const run = new Function('readFile', `return ${body}`)(async () => Buffer.from('from a file')) as (
    ...given: unknown[]
  ) => unknown;
  const context = { fetch, secret: (name: string) => secrets[name], folders: { toRead: async (path: string) => path } };
  expect(await run(args, context)).toEqual({ status: 200, data: { ok: true } });
  const [request] = sent;
  return judgeRequest(request!, {
    api,
    operation: tool as unknown as ApiOperation,
    arguments: args,
    base: '/v1',
    credentials: secrets,
  });
}

describe('ejecting', () => {
  it.each([
    ['path', 'simple', false, { x: 'a b/c' }, text],
    ['path', 'simple', true, { x: { R: 1, G: 2 } }, color],
    ['path', 'label', true, { x: ['a', 'b'] }, list],
    ['path', 'matrix', true, { x: ['a', 'b'] }, list],
    ['path', 'matrix', false, { x: { R: 1, G: 2 } }, color],
    ['query', 'form', true, { x: ['a&', 'b c'] }, list],
    ['query', 'form', false, { x: ['a,', 'b'] }, list],
    ['query', 'form', true, { x: { R: 1, G: 2 } }, color],
    ['query', 'pipeDelimited', false, { x: ['a', 'b'] }, list],
    ['query', 'deepObject', true, { x: { R: 1, G: 2 } }, color],
    ['query', 'form', true, {}, text],
    ['header', 'simple', false, { x: ['a', 'b'] }, list],
    ['header', 'simple', true, { x: { R: 1, G: 2 } }, color],
    ['cookie', 'form', false, { x: 'a b' }, text],
    ['query', 'form', true, { x: ['a'] }, {}],
  ])(
    '[OPENAPI-SERVER-8] sends a %s parameter as before: %s, explode %s, %j',
    async (place, style, explode, args, schema) => {
      const path = place === 'path' ? '/pets/{x}/`${process.exit(1)}' : '/pets';
      const parameters = [at(place, style, explode, 'x', { required: place === 'path' })];
      const url = operation({ x: schema }, { path, parameters });
      expect((await problemsOf(url, args)).filter((problem) => !problem.startsWith('the path is'))).toEqual([]);
    },
  );

  it.each([
    ['json', 'application/json', { a: [1, { b: null }] }, {}],
    ['text', 'text/plain', 'some text', {}],
    ['form', 'application/x-www-form-urlencoded', { a: 'x y', b: ['1', '2'], c: { d: 1 } }, {}],
    [
      'multipart',
      'multipart/form-data',
      { file: 'text:hi', files: ['aGk=', 'text:ho'], a: 1, meta: { b: 2 } },
      { file: { binary: true }, files: { binary: true }, meta: { contentType: 'application/json' } },
    ],
    ['binary', 'application/octet-stream', 'aGVsbG8=', {}],
  ])('[OPENAPI-SERVER-8] sends a body as before: %s', async (as, type, body, encoding) => {
    const schema = typeof body === 'string' ? text : { type: 'object' };
    const required = operation({ body: schema }, { body: { argument: 'body', required: true, type, as, encoding } });
    expect(await problemsOf(required, { body })).toEqual([]);
    const optional = operation({ body: schema }, { body: { argument: 'body', required: false, type, as, encoding } });
    expect(await problemsOf(optional, { body })).toEqual([]);
    expect(await problemsOf(optional, {})).toEqual([]);
  });

  it.each([['key'], ['query'], ['cookie'], ['user'], ['token'], ['oauth'], ['key', 'query']])(
    '[OPENAPI-SERVER-8] puts credentials where they were: %s %s',
    async (...names) => {
      const security = [Object.fromEntries(names.map((name) => [name, ['read']]))];
      expect(await problemsOf(operation({}, { security }), {})).toEqual([]);
    },
  );

  it('[OPENAPI-SERVER-8] sends no default that was not given', () => {
    const paged = {
      x: { type: 'object', properties: { page: { type: 'integer', default: 1 } }, default: {} },
      default: text,
    };
    const { input } = ejectTool(operation(paged, {}), api);
    expect(input['properties']).toEqual({
      x: { type: 'object', properties: { page: { type: 'integer' } } },
      default: text,
    });
  });

  it('[OPENAPI-SERVER-8] says what plain code would not do right', () => {
    const refusal = (properties: object, call: object) => () => ejectTool(operation(properties, call), api);
    expect(refusal({}, { security: [{ cert: [] }] })).toThrow('client certificate');
    expect(
      refusal(
        { x: { type: 'object', properties: { y: { type: 'object' } } } },
        { parameters: [at('query', 'deepObject', true)] },
      ),
    ).toThrow('objects in an object');
    expect(
      refusal(
        { body: { type: 'object' } },
        { body: { argument: 'body', required: true, type: 'application/xml', as: 'xml' } },
      ),
    ).toThrow('XML');
  });
});
