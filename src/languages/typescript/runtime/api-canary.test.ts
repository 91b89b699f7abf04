import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecurityScheme } from './api-file.ts';
import { openApi, operation, standIn, type Seen, type StandIn } from './api-testing.ts';
import { readEnvironment } from './environment.ts';
import { openFolders } from './folders.ts';
import { textOf } from './testing.ts';

const canary = "canary 7f/3+b=9'c";
const token = 'minted-canary-51c0';
const names = ['KEY', 'USER_NAME', 'PASSWORD', 'TOKEN', 'CLIENT_ID', 'CLIENT_SECRET'];

let workspace: string;
let logged: string[];

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'api-canary-'));
  vi.stubEnv('MCP_WORKSPACE', workspace);
  for (const name of names) vi.stubEnv(name, name === 'TOKEN' ? '' : canary);
  logged = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(workspace, { recursive: true });
});

const oauthVariables = { token: 'TOKEN', clientId: 'CLIENT_ID', clientSecret: 'CLIENT_SECRET', refreshToken: 'NONE' };
const schemes = (origin: string): Record<string, SecurityScheme> => ({
  header: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'KEY' },
  query: { type: 'apiKey', in: 'query', name: 'key', variable: 'KEY' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid', variable: 'KEY' },
  basic: { type: 'basic', username: 'USER_NAME', password: 'PASSWORD' },
  bearer: { type: 'http', scheme: 'Bearer', variable: 'KEY' },
  client: { type: 'oauth2', ...oauthVariables, flow: 'clientCredentials', tokenUrl: `${origin}/token`, scopes: [] },
});

/** All that a request said, as an API that is careless with it says it back. */
const echo = ({ url, headers, body }: Seen): string =>
  [url, decodeURIComponent(url), headers['authorization'], headers['x-key'], headers['cookie'], body].join(' ');

const failures: Record<string, (seen: Seen, api: StandIn) => Response> = {
  'refuses with what it was sent': (seen) => new Response(echo(seen), { status: 401 }),
  'refuses in JSON': (seen) => Response.json({ error: { message: echo(seen), sent: seen.headers } }, { status: 403 }),
  'says it where the words are cut': (seen) =>
    new Response(Array.from({ length: 40 }, (_, at) => 'x'.repeat(at) + echo(seen)).join(''), { status: 400 }),
  'redirects with it in the address': (seen) =>
    new Response(null, {
      status: 302,
      headers: { location: `http://decoy.example/?${encodeURIComponent(echo(seen))}` },
    }),
  'redirects in a circle': (seen, api) =>
    new Response(null, { status: 307, headers: { location: api.origin + seen.url } }),
  'names it in a header': (seen) =>
    new Response('', { status: 429, headers: { 'retry-after': encodeURIComponent(echo(seen)).slice(0, 200) } }),
};

/** What of the credentials stands in a text, in any of the ways in which they travel. */
function leaks(text: string): string[] {
  const pair = Buffer.from(`${canary}:${canary}`).toString('base64');
  const ways = [
    canary,
    encodeURIComponent(canary),
    new URLSearchParams([['', canary]]).toString().slice(1),
    token,
    pair,
  ];
  return [...ways, 'canary 7f/', 'canary%207f%2', 'canary+7f%2', 'minted-can', pair.slice(0, 12)].filter((part) =>
    text.includes(part),
  );
}

async function everything(result: unknown): Promise<string> {
  const files = await readdir(workspace, { recursive: true, withFileTypes: true });
  const kept = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  return [JSON.stringify(result), ...logged, ...kept].join('\n');
}

describe('a credential', () => {
  it.each(Object.keys(schemes('')).flatMap((scheme) => Object.keys(failures).map((way) => [scheme, way] as const)))(
    '[OPENAPI-CALL-10] by %s stays out of answer, log and files when the API %s',
    async (scheme, way) => {
      const api = await standIn((seen) =>
        seen.url === '/token'
          ? Response.json({ access_token: token, token_type: 'Bearer' })
          : failures[way]!(seen, api),
      );
      const secret = readEnvironment(names.map((name) => ({ name, secret: true })));
      const tools = [operation({ path: '/x', method: 'POST', security: [{ [scheme]: [] }] })];
      const environment = Object.fromEntries(names.map((name) => [name, name === 'TOKEN' ? '' : secret(name)]));
      const folders = openFolders({ maxInputBytes: 1000 });
      const result = await openApi(api, { tools, security: schemes(api.origin) }, { environment, folders })('post_x');
      api.close();
      expect(result.isError).toBe(true);
      expect(leaks(api.seen.map((seen) => JSON.stringify(seen)).join()).length, 'the API was sent it').toBeGreaterThan(
        0,
      );
      expect(leaks(await everything(result)), textOf(result)).toEqual([]);
    },
  );

  it.each(Object.keys(schemes('')))('[OPENAPI-CALL-10] by %s stays out of it when nobody answers', async (scheme) => {
    const api = await standIn(() => Response.json({ access_token: token, token_type: 'Bearer' }));
    const gone = await standIn(() => new Response());
    gone.close();
    readEnvironment(names.map((name) => ({ name, secret: true })));
    const tools = [operation({ path: '/x', method: 'POST', security: [{ [scheme]: [] }] })];
    const environment = Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']));
    const servers = [{ url: gone.origin, variable: 'API_BASE_URL' }];
    const options = { environment, hosts: [gone.host] };
    const result = await openApi(api, { tools, servers, security: schemes(api.origin) }, options)('post_x');
    api.close();
    expect(textOf(result)).toContain('could not be reached');
    expect(leaks(await everything(result))).toEqual([]);
  });
});
