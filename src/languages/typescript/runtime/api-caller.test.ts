import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, it } from 'vitest';
import { openCalls } from './api-call.ts';
import { operation, standIn, type StandIn } from './api-testing.ts';
import { apiTools } from './api-tools.ts';
import type { ToolContext } from './context.ts';
import { limitFetch } from './limited-fetch.ts';
import { createServerFactory, defineServer, trackCalls } from './mcp-server.ts';
import { serveHttp } from './serve-http.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Address of a server over HTTP for an API whose one operation needs a bearer token. */
async function serve(api: StandIn, passCredentials: boolean): Promise<URL> {
  const file = {
    title: 'Test',
    version: '1',
    servers: [{ url: api.origin, variable: 'API_BASE_URL' }],
    security: { bearer: { type: 'http', scheme: 'bearer', variable: 'TOKEN' } } as const,
    passCredentials,
    tools: [operation({ path: '/x', security: [{ bearer: [] }] })],
  };
  const fetchWithin = limitFetch({ hosts: [api.host] });
  const server = defineServer({
    name: 'test',
    title: 'Test',
    version: '1.0.0',
    description: 'Test.',
    limits: { maxSeconds: 5, maxInputBytes: 1000, maxResultCharacters: 4000 },
    tools: apiTools(openCalls(file, 4000)),
    context: (call: ToolContext) => ({
      ...call,
      fetch: fetchWithin(call.signal),
      secret: (name: string) => (name === 'TOKEN' ? 'own-token' : ''),
    }),
  });
  // A port that was free a moment ago.
  const probe = await standIn(() => new Response());
  probe.close();
  const port = Number(new URL(probe.origin).port);
  const serving = await serveHttp(createServerFactory(server, trackCalls()), {
    host: '127.0.0.1',
    port,
    token: 'mcp-token',
    maxMessageBytes: 100_000,
  });
  closing.push(() => serving.close());
  return new URL(`http://127.0.0.1:${port}/mcp`);
}

describe('a caller over HTTP', () => {
  it.each([
    ['2025-11-25', true, 'Bearer caller'],
    ['2026-07-28', true, 'Bearer caller'],
    ['2025-11-25', false, 'Bearer own-token'],
    ['2026-07-28', false, 'Bearer own-token'],
  ] as const)(
    '[OPENAPI-CALL-9] of %s, passing switched on: %s, is known to the API as %s',
    async (era, pass, expected) => {
      const api = await standIn(() => Response.json({}));
      closing.push(() => api.close());
      const url = await serve(api, pass);
      const headers = { authorization: 'Bearer mcp-token', 'x-api-authorization': 'Bearer caller' };
      const mode = era === '2026-07-28' ? { pin: era } : 'legacy';
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
      closing.push(() => client.close());
      await client.callTool({ name: 'get_x', arguments: {} });
      expect(api.seen.map((seen) => seen.headers.authorization)).toEqual([expected]);
    },
  );
});
