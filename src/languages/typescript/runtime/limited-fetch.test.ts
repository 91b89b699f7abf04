import { createServer as createConnections } from 'node:net';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { publicOnly } from './connections.ts';
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

  it('says how a host can be allowed, but nothing that a shell would run', async () => {
    const told = async (url: string, server?: string) =>
      open([], server === undefined ? {} : { server })(url).catch((error: { nextStep: string }) => error.nextStep);
    expect(await told('https://api.example.com/', 'shop')).toContain(
      'mcp-crafter update shop --allow-host api.example.com:443; where it runs alone, MCP_HOSTS=api.example.com:443.',
    );
    expect(await told('http://a$(id)b/', 'shop')).not.toContain('$(');
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
    expect((await open([host])(`http://${host}/`)).status).toBe(200);
    count = 0;
    const key = { 'idempotency-key': '1' };
    expect((await open([host])(`http://${host}/`, { method: 'POST', body: 'x', headers: key })).status).toBe(200);
    count = 0;
    expect((await open([host])(`http://${host}/`, { method: 'POST', body: 'x' })).status).toBe(503);
    expect(count).toBe(2);
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

  it('[OPENAPI-CALL-10] sends bodies with any method, and bytes and forms as they are', async () => {
    const seen: string[] = [];
    const host = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push(`${request.method} ${request.headers['content-length']} ${Buffer.concat(chunks)}`);
      response.end();
    });
    await open([host])(`http://${host}/`, { method: 'GET', body: 'query' });
    await open([host])(`http://${host}/`, { method: 'TRACE' });
    await open([host])(`http://${host}/`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    await open([host])(new Request(`http://${host}/`, { method: 'PUT', body: new Uint8Array([65]) }));
    expect(seen).toEqual(['GET 5 query', 'TRACE undefined ', 'POST 3 a=b', 'PUT 1 A']);
  });

  it('[OPENAPI-CALL-17] sends any method as it is written (RFC 9110, 9.1)', async () => {
    const lines: string[] = [];
    // Node's own server takes no method that it does not know.
    const server = createConnections((socket) =>
      socket.once('data', (data) => {
        lines.push(String(data).split('\r\n')[0]!);
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const method of ['COPY', 'x-Frob', 'query', 'post']) await open([host])(`http://${host}/`, { method });
    server.close();
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['COPY', 'x-Frob', 'QUERY', 'POST']);
  });

  it('[OPENAPI-CALL-10] reads compressed answers', async () => {
    const host = await serve((request, response) => {
      const encoding = request.url!.slice(1);
      const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding]!;
      response.writeHead(200, { 'content-encoding': encoding }).end(pack('plain'));
    });
    for (const encoding of ['gzip', 'deflate', 'br'])
      expect(await (await open([host])(`http://${host}/${encoding}`)).text()).toBe('plain');
  });

  it('[OPENAPI-CALL-10] reaches no private address by a public name', async () => {
    const fake = (address: string) =>
      publicOnly(((_: string, __: unknown, done: (...found: unknown[]) => void) => done(null, address, 4)) as never);
    for (const [address, refused] of [
      ['10.0.0.1', true],
      ['169.254.169.254', true],
      ['::ffff:127.0.0.1', true],
      ['fe80::1', true],
      ['1.1.1.1', false],
      ['2606:4700::1111', false],
    ] as const) {
      const error = await new Promise((resolve) => fake(address)('api.example.com', {}, resolve));
      expect(error !== null, address).toBe(refused);
    }
  });

  it('ends with the call', async () => {
    const host = await serve(() => undefined);
    const controller = new AbortController();
    const request = limitFetch({ hosts: [host] })(controller.signal)(`http://${host}/`);
    controller.abort(new Error('over'));
    await expect(request).rejects.toThrow('over');
  });
});
