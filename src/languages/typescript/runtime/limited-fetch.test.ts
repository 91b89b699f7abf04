import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { limitFetch, type FetchLimits } from './limited-fetch.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function open(hosts: readonly string[], limits: Partial<FetchLimits> = {}): typeof fetch {
  return limitFetch({ hosts, ...limits })(new AbortController().signal);
}

describe('[GENERATE-11] fetch of a tool', () => {
  it('reaches granted hosts only, also after a redirect', async () => {
    const other = await serve((_, response) => response.end('other'));
    const host = await serve((_, response) => response.writeHead(302, { location: `http://${other}/` }).end());
    await expect(open([])(`http://${host}/`)).rejects.toThrow('not among the hosts');
    await expect(open([host])(`http://${host}/`)).rejects.toThrow(`${other} is not among the hosts`);
    expect(await (await open([host, other])(`http://${host}/`)).text()).toBe('other');
    await expect(open(['*.example.com:443'])('https://a.b.example.com/')).rejects.toThrow('not among the hosts');
    vi.stubEnv('MCP_HOSTS', ` ${other} ,`);
    expect(await (await open([])(`http://${other}/`)).text()).toBe('other');
    vi.unstubAllEnvs();
  });

  it('does not carry credentials to another origin', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(
        request.headers.authorization,
        request.headers['x-api-key'] as string | undefined,
        request.headers.accept,
      );
      response.end();
    });
    const host = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: `http://${other}/` }).end();
    });
    await open([host, other])(`http://${host}/`, {
      headers: { authorization: 'Bearer x', 'x-api-key': 'decoy', accept: 'text/csv' },
    });
    expect(seen).toEqual(['Bearer x', undefined, undefined, 'text/csv']);
  });

  it('tries again after 429 with Retry-After and after failures that are safe to repeat', async () => {
    let count = 0;
    const host = await serve((_, response) =>
      response.writeHead([429, 503, 200][count++]!, { 'retry-after': '0' }).end('done'),
    );
    expect((await open([host])(`http://${host}/`, { method: 'POST', body: 'x' })).status).toBe(200);
    count = 0;
    expect((await open([host], { retries: 0 })(`http://${host}/`)).status).toBe(429);
    let posts = 0;
    const failing = await serve((_, response) => {
      posts++;
      response.writeHead(500).end();
    });
    expect((await open([failing])(`http://${failing}/`, { method: 'POST' })).status).toBe(500);
    expect(posts).toBe(1);
  });

  it('keeps the declared rate for the server as a whole', async () => {
    const host = await serve((_, response) => response.end());
    const limited = open([host], { calls: { count: 2, seconds: 3600 } });
    await limited(`http://${host}/`);
    await limited(`http://${host}/`);
    await expect(limited(`http://${host}/`)).rejects.toThrow('The limit of 2 requests in 3600 seconds is used up');
  });

  it('ends with the call', async () => {
    const host = await serve(() => undefined);
    const controller = new AbortController();
    const request = limitFetch({ hosts: [host] })(controller.signal)(`http://${host}/`);
    controller.abort(new Error('over'));
    await expect(request).rejects.toThrow('over');
  });
});
