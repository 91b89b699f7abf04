import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRelay, type Relay } from './relay.ts';

let server: Server;
let relay: Relay;
let seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[];

beforeEach(async () => {
  seen = [];
  server = createServer(async (asked, answer) => {
    let body = '';
    for await (const chunk of asked) body += String(chunk);
    seen.push({ url: asked.url, headers: asked.headers, body });
    answer.writeHead(201, { 'x-own': 'yes' }).end('answered');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  relay = await openRelay({ kind: 'http', url: `http://127.0.0.1:${port}/mcp?a=1`, token: 'the token' });
});
afterEach(async () => {
  await relay.close();
  server.close();
});

/** One request with the headers given, over whatever path. */
async function ask(url: string, headers: Record<string, string> = {}) {
  const asked = request(url, { method: 'POST', headers }).end('a body');
  const [answer] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return { status: answer.statusCode, own: answer.headers['x-own'], text };
}

describe('the relay of the official suite', () => {
  it('[TRUE-CONFORM-6] lends the token only to who knows its secret path', async () => {
    expect(await ask(relay.url)).toEqual({ status: 201, own: 'yes', text: 'answered' });
    const { host } = new URL(relay.url);
    for (const path of ['/mcp', '/', `${new URL(relay.url).pathname}/more`])
      expect((await ask(`http://${host}${path}`)).status).toBe(404);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ url: '/mcp?a=1', body: 'a body', headers: { authorization: 'Bearer the token' } });
  });

  it('names the server by its own name, and passes on names that are tried on purpose', async () => {
    const { port } = server.address() as AddressInfo;
    await ask(relay.url, { origin: new URL(relay.url).origin });
    await ask(relay.url, { host: 'evil.example.com', origin: 'http://evil.example.com' });
    const own = `127.0.0.1:${port}`;
    expect(seen.map(({ headers: { host, origin } }) => [host, origin])).toEqual([
      [own, `http://${own}`],
      ['evil.example.com', 'http://evil.example.com'],
    ]);
  });
});
