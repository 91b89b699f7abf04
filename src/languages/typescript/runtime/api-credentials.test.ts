import { afterEach, describe, expect, it } from 'vitest';
import type { SecurityScheme } from './api-file.ts';
import { errorOf, openApi, operation, standIn, type ApiOptions, type StandIn } from './api-testing.ts';

let api: StandIn;

afterEach(() => api.close());

type Security = readonly Record<string, readonly string[]>[];

async function call(
  security: Security,
  schemes: Record<string, SecurityScheme>,
  options: ApiOptions = {},
  passCredentials = false,
) {
  api = await standIn(() => Response.json({}));
  const tools = [operation({ path: '/x', security })];
  const result = await openApi(api, { tools, security: schemes, passCredentials }, options)('get_x');
  return { result, ...api.seen[0]! };
}

const schemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'KEY' },
  queryKey: { type: 'apiKey', in: 'query', name: 'api key', variable: 'KEY' },
  cookieKey: { type: 'apiKey', in: 'cookie', name: 'sid', variable: 'KEY' },
  basic: { type: 'basic', username: 'USER_NAME', password: 'PASSWORD' },
  bearer: { type: 'http', scheme: 'bearer', variable: 'TOKEN' },
  other: { type: 'http', scheme: 'GenieKey', variable: 'TOKEN' },
} as const satisfies Record<string, SecurityScheme>;

describe('credentials', () => {
  it('[OPENAPI-CALL-7] go where the scheme says', async () => {
    const environment = { KEY: 'k&1 ', USER_NAME: 'ann', PASSWORD: 'p:w', TOKEN: 't0' };
    const sent = async (name: keyof typeof schemes) => {
      const { headers, url } = await call([{ [name]: [] }], schemes, { environment });
      api.close();
      return { url, auth: headers.authorization, key: headers['x-key'], cookie: headers.cookie };
    };
    expect((await sent('key')).key).toBe('k&1');
    expect((await sent('queryKey')).url).toBe('/x?api%20key=k%261');
    expect((await sent('cookieKey')).cookie).toBe('sid=k%261');
    expect((await sent('basic')).auth).toBe(`Basic ${Buffer.from('ann:p:w').toString('base64')}`);
    expect((await sent('bearer')).auth).toBe('Bearer t0');
    expect((await sent('other')).auth).toBe('GenieKey t0');
  });

  it('[OPENAPI-CALL-7] of the first alternative that is complete, all of it and nothing else', async () => {
    const environment = { KEY: 'key0', TOKEN: 'Bearer t0' };
    const security: Security = [{ basic: [] }, { key: [], bearer: [] }, { queryKey: [] }];
    const { headers, url } = await call(security, schemes, { environment });
    expect([headers['x-key'], headers.authorization, url]).toEqual(['key0', 'Bearer t0', '/x']);
  });

  it('[OPENAPI-CALL-7] are named when none is complete, and left out where they may be', async () => {
    const { result } = await call([{ basic: [] }, { key: [], bearer: [] }], schemes, { environment: { KEY: 'key0' } });
    expect(errorOf(result)).toContain('Needed: USER_NAME; or: TOKEN.');
    expect(api.seen).toEqual([]);
    api.close();
    const anonymous = await call([{ basic: [] }, {}], schemes);
    expect(anonymous.result.isError).toBeUndefined();
    expect(anonymous.headers.authorization).toBeUndefined();
  });

  it('[OPENAPI-CALL-9] of the caller go through where that is switched on, in place of the server’s own', async () => {
    const headers = { 'x-api-authorization': 'Bearer caller' };
    const environment = { TOKEN: 'own', KEY: 'key0' };
    const both = [{ key: [], bearer: [] }];
    const passed = await call(both, schemes, { headers, environment }, true);
    expect([passed.headers.authorization, passed.headers['x-key']]).toEqual(['Bearer caller', 'key0']);
    api.close();
    const switchedOff = await call(both, schemes, { headers, environment }, false);
    expect(switchedOff.headers.authorization).toBe('Bearer own');
    api.close();
    const keyOnly = await call([{ key: [] }], schemes, { headers, environment }, true);
    expect([keyOnly.headers.authorization, keyOnly.headers['x-key']]).toEqual(['Bearer caller', undefined]);
  });

  it.each([
    [['key'], { 'x-api-key': 'c' }, { 'x-key': 'c' }],
    [['queryKey'], { 'x-api-key': 'c' }, { url: '/x?api%20key=c' }],
    [['cookieKey'], { 'x-api-key-sid': 'c' }, { cookie: 'sid=c' }],
    [
      ['key', 'queryKey'],
      { 'x-api-key-x-key': 'a', 'x-api-key-api-key': 'b' },
      { 'x-key': 'a', url: '/x?api%20key=b' },
    ],
    [['key', 'queryKey'], { 'x-api-key-x-key': 'a' }, { 'x-key': 'a', url: '/x?api%20key=key0' }],
    [['basic'], { 'x-api-authorization': 'me:it: ' }, { authorization: `Basic ${btoa('me:it: ')}` }],
    [['basic'], { 'x-api-authorization': 'Basic bWU6aXQ=' }, { authorization: 'Basic bWU6aXQ=' }],
    [['bearer'], { 'x-api-authorization': 'token' }, { authorization: 'Bearer token' }],
    [['other'], { 'x-api-authorization': 'token' }, { authorization: 'GenieKey token' }],
    [['bearer'], { 'x-api-authorization': '  ' }, { authorization: 'Bearer t0' }],
    [['key'], { 'x-api-key-x-key': '', 'x-api-key': ' ', 'x-api-authorization': '' }, { 'x-key': 'key0' }],
    [['bearer', 'key'], { 'x-api-key': 'c' }, { authorization: 'Bearer t0', 'x-key': 'c' }],
  ])('[OPENAPI-CALL-9] of the caller go where %j has them: %j', async (names, headers, expected) => {
    const environment = { KEY: 'key0', TOKEN: 't0', USER_NAME: 'own', PASSWORD: 'own' };
    const security = [Object.fromEntries(names.map((name) => [name, []]))];
    const sent = await call(security, schemes, { headers, environment }, true);
    expect({ ...sent.headers, url: sent.url }).toMatchObject(expected);
    expect(JSON.stringify(sent.headers)).not.toContain('x-api-');
  });

  it('[OPENAPI-CALL-10] do not follow a redirect to another host', async () => {
    const other = await standIn(() => Response.json({ ok: true }));
    api = await standIn(() => new Response(null, { status: 302, headers: { location: `${other.origin}/y` } }));
    const tools = [operation({ path: '/x', security: [{ key: [] }] })];
    const options = { environment: { KEY: 'key0' }, hosts: [other.host] };
    await openApi(api, { tools, security: schemes }, options)('get_x');
    expect(api.seen[0]!.headers['x-key']).toBe('key0');
    expect(other.seen[0]!.headers['x-key']).toBeUndefined();
    other.close();
  });

  it('[OPENAPI-CALL-10] stay with an API that its variable moved, unless an operation’s own server is moved as well', async () => {
    api = await standIn(() => Response.json({}));
    const servers = [
      { url: 'https://api.example.com', variable: 'API_BASE_URL' },
      { url: api.origin, variable: 'FILES_BASE_URL' },
    ];
    const tools = [operation({ path: '/x', server: 1, security: [{ key: [] }] }), operation({ path: '/y', server: 1 })];
    const sent = async (environment: Record<string, string>, tool = 'get_x') => {
      const result = await openApi(api, { tools, servers, security: schemes }, { environment })(tool);
      return result.isError ? errorOf(result) : api.seen.length;
    };
    const moved = { KEY: 'key0', API_BASE_URL: 'https://staging.example.org' };
    expect(await sent(moved)).toContain('Set FILES_BASE_URL');
    expect(api.seen).toEqual([]);
    expect(await sent({ ...moved, FILES_BASE_URL: api.origin })).toBe(1);
    expect(await sent({ ...moved, API_BASE_URL: `${api.origin}/v2` })).toBe(2);
    expect(await sent(moved, 'get_y')).toBe(3);
    expect(await sent({ KEY: 'key0' })).toBe(4);
  });

  it('[OPENAPI-CALL-7] takes base address and server variables from the environment', async () => {
    api = await standIn(() => Response.json({}));
    const url = `${api.origin}/{version}`;
    const variables = { version: { variable: 'API_VERSION', default: 'v1', enum: ['v1', 'v2'] } };
    const servers = [{ url, variable: 'API_BASE_URL', variables }];
    const tools = [operation({ path: '/x' })];
    const sent = async (environment: Record<string, string>) => {
      const result = await openApi(api, { tools, servers }, { environment })('get_x');
      return result.isError ? errorOf(result) : api.seen.at(-1)!.url;
    };
    expect(await sent({})).toBe('/v1/x');
    expect(await sent({ API_VERSION: 'v2' })).toBe('/v2/x');
    expect(await sent({ API_VERSION: 'v3' })).toContain('Set it to one of v1, v2');
    expect(await sent({ API_BASE_URL: `${api.origin}/else/` })).toBe('/else/x');
  });
});
