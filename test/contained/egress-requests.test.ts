import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEgressProxy } from '../../src/runner/index.ts';
import type { EgressProxy } from '../../src/runner/index.ts';
import { lookupIn, sendRaw, statusOf } from '../support/egress.ts';

let folder: string;
let web: Server;
let port: number;
let proxy: EgressProxy;
let refused: string[];
let seen: { line: string; headers: Record<string, unknown>; body: string }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'asked-'));
  web = createServer({ maxHeaderSize: 1_000_000 }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen.push({ line: `${request.method} ${request.url}`, headers: { ...request.headers }, body });
    response.writeHead(200, { connection: 'x-hop', 'x-hop': '1', 'x-kept': '1' }).end('answer');
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  port = (web.address() as AddressInfo).port;
  refused = [];
  proxy = await startEgressProxy({
    grants: { hosts: [{ host: 'api.test', port, private: true }], folders: [] },
    runFolder: folder,
    lookup: lookupIn({ 'api.test': ['127.0.0.1'], 'decoy.test': ['127.0.0.1'] }),
    onRefused: (place) => refused.push(place),
  });
});
afterAll(async () => {
  await proxy.close();
  web.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (head: string, body = ''): Promise<string> => {
  seen = [];
  return sendRaw(proxy, `${head.replaceAll('PORT', String(port)).replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
};

describe('a request to the way out', () => {
  it('[EGRESS-3] goes to the host of its line, and says so to that host', async () => {
    await send('GET http://api.test:PORT/a?b HTTP/1.1\nHost: decoy.test:PORT\nConnection: close');
    expect(seen).toMatchObject([{ line: 'GET /a?b', headers: { host: `api.test:${port}` } }]);
    const answer = await send('GET http://decoy.test:PORT/ HTTP/1.1\nHost: api.test:PORT\nConnection: close');
    expect([statusOf(answer), seen]).toEqual([403, []]);
  });

  it.each([
    ['a login before another host', 'GET http://api.test:PORT@decoy.test:PORT/ HTTP/1.1\nHost: api.test:PORT', 403],
    ['a backslash', 'GET http://decoy.test:PORT\\@api.test:PORT/ HTTP/1.1\nHost: api.test:PORT', 0],
    ['no host', 'GET / HTTP/1.1\nHost: api.test:PORT', 400],
    ['another scheme', 'GET ftp://api.test:PORT/ HTTP/1.1\nHost: api.test:PORT', 400],
    ['TLS by the proxy', 'GET https://api.test:PORT/ HTTP/1.1\nHost: api.test:PORT', 400],
    ['a tunnel with a login', 'CONNECT api.test@decoy.test:PORT HTTP/1.1\nHost: api.test:PORT', 400],
    ['a tunnel to no port', 'CONNECT api.test HTTP/1.1\nHost: api.test:PORT', 400],
    ['a tunnel to a port beyond all', 'CONNECT api.test:65537 HTTP/1.1\nHost: api.test:PORT', 400],
    ['two lengths', 'POST http://api.test:PORT/ HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 40', 0],
    [
      'a length and chunks',
      'POST http://api.test:PORT/ HTTP/1.1\nHost: x\nContent-Length: 4\nTransfer-Encoding: chunked',
      0,
    ],
    ['chunks that are none', 'POST http://api.test:PORT/ HTTP/1.1\nHost: x\nTransfer-Encoding: chunked, x', 0],
    ['a folded header', 'GET http://api.test:PORT/ HTTP/1.1\nHost: x\nX: a\n b: c\nTransfer-Encoding : chunked', 0],
  ])('[EGRESS-3] with %s reaches nobody', async (_what, head, status) => {
    const rest = status === 0 ? '0\r\n\r\nGET /inner HTTP/1.1\r\nHost: decoy\r\n\r\n' : '';
    const answer = await send(`${head}\nConnection: close`, rest);
    expect([statusOf(answer), seen]).toEqual([status, []]);
  });

  it('[EGRESS-3] is one request, whatever its body looks like', async () => {
    const inner = 'GET /inner HTTP/1.1\r\nHost: decoy.test\r\n\r\n';
    for (const method of ['GET', 'DELETE', 'POST']) {
      const head = `${method} http://api.test:PORT/outer HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nConnection: close`;
      await send(head, `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`);
      expect(seen).toMatchObject([{ line: `${method} /outer`, body: inner }]);
      const named = `${method} http://api.test:PORT/outer HTTP/1.1\nHost: x\nContent-Length: ${inner.length}`;
      await send(`${named}\nConnection: close, Content-Length`, inner);
      expect(seen).toMatchObject([{ line: `${method} /outer`, body: inner }]);
    }
  });

  it('[EGRESS-3] takes nothing along that was meant for the proxy, nor does its answer', async () => {
    const own = 'Proxy-Authorization: Basic abc\nX-Mine: 1\nX-Other: 2\nTE: trailers\nUpgrade: h2c';
    const answer = await send(`GET http://api.test:PORT/ HTTP/1.1\nHost: x\n${own}\nConnection: close, X-Mine`);
    expect(Object.keys(seen[0]!.headers).toSorted()).toEqual(['connection', 'host', 'x-other']);
    expect(answer).toContain('x-kept: 1');
    expect(answer).not.toContain('x-hop');
  });

  it('[EGRESS-4] with more headers than any needs reaches nobody', async () => {
    const much = `X-Much: ${'a'.repeat(20_000)}`;
    await send(`GET http://api.test:PORT/ HTTP/1.1\nHost: x\n${much}\nConnection: close`);
    expect(seen).toEqual([]);
    await send(`GET http://api.test:PORT/ HTTP/1.1\n${'A: b\n'.repeat(5000)}Host: x\nConnection: close`);
    expect(seen).toEqual([]);
  });

  it('[EGRESS-4] that never ends its headers is ended, while others are served', async () => {
    const slow = sendRaw(proxy, 'GET http://api.test/ HTTP/1.1\r\nX: ');
    expect(statusOf(await send('GET http://api.test:PORT/ HTTP/1.1\nHost: x\nConnection: close'))).toBe(200);
    expect(await Promise.race([slow, sleep(25_000, 'it is open: 200')])).not.toContain('200');
  }, 40_000);

  it('[EGRESS-4] is one of 256 at most at a time', async () => {
    const sockets = Array.from({ length: 400 }, () => connect(proxy.socketPath).on('error', () => {}));
    const closed = (): number => sockets.filter((socket) => socket.destroyed || socket.readableEnded).length;
    for (const socket of sockets) socket.resume();
    await expect.poll(closed, { timeout: 10_000 }).toBeGreaterThanOrEqual(400 - 256);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(() => send('GET http://api.test:PORT/ HTTP/1.1\nHost: x\nConnection: close').then(statusOf), {
        timeout: 10_000,
      })
      .toBe(200);
  }, 30_000);

  it('[EGRESS-6] is counted with its bytes, and told once when it is refused', async () => {
    const before = proxy.traffic();
    refused.length = 0;
    await send(
      'POST http://api.test:PORT/ HTTP/1.1\nHost: x\nContent-Length: 5000\nConnection: close',
      'a'.repeat(5000),
    );
    const tunnel = `CONNECT api.test:${port} HTTP/1.1\r\n\r\n`;
    await sendRaw(proxy, `${tunnel}GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    for (const _ of [1, 2]) await send('GET http://other.test:PORT/ HTTP/1.1\nHost: x\nConnection: close');
    const after = proxy.traffic();
    expect(after.requests - before.requests).toBe(2);
    expect(after.refused - before.refused).toBe(2);
    expect(after.bytesSent - before.bytesSent).toBeGreaterThan(5000);
    expect(after.bytesReceived - before.bytesReceived).toBeGreaterThan('answer'.length * 2);
    expect(Object.keys(after.hosts)).toEqual([`api.test:${port}`]);
    expect(refused).toEqual([`other.test:${port}`]);
  });
});
