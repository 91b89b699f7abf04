import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceHealth, socketPath } from '../../src/service/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';
import { form } from '../engine/with-crafter.ts';
import { flood } from '../support/flood.ts';
import { listensAt } from '../support/remains.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

let home: string;
let service: ServiceProcess;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'serve-'));
  chmodSync(home, 0o755);
  service = await startService(join(home, 'state'));
});
afterAll(async () => {
  await service.stop();
  stopLeftover(join(home, 'state'));
  rmSync(home, { recursive: true, force: true });
});

const state = (): string => join(home, 'state');

/** Sends a request to the service's socket; 0 where it ends the connection without an answer. */
function ask(
  path: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const outgoing = request({ socketPath: socketPath(state()), method: 'POST', path, headers, agent: false });
    outgoing.on('error', () => resolve({ status: 0, text: '' }));
    outgoing.on('response', async (answer) => {
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      resolve({ status: answer.statusCode ?? 0, text });
    });
    outgoing.end(body);
  });
}

const raw = (bytes: string): ReturnType<typeof connect> => {
  const socket = connect(socketPath(state())).on('error', () => {});
  socket.write(bytes);
  return socket.resume();
};

describe('the service', () => {
  it('[SERVICE-1] listens at a socket of its user in a folder of its user, and at no port', () => {
    expect(statSync(socketPath(state())).mode & 0o777).toBe(0o600);
    expect(statSync(join(state(), 'run')).mode & 0o777).toBe(0o700);
    expect(listensAt(service.pid)).toEqual([]);
  });

  it.each([
    ['no JSON', '/operations/list_servers', '{"a":', 200, /"error"/],
    ['no object', '/operations/list_servers', '[1]', 200, /INVALID_INPUT/],
    ['no operation', '/operations/nothing', '{}', 200, /NOT_FOUND/],
    ['no route', '/../../etc/passwd', '{}', 404, /^(?!.*root:)/],
    ['prototype keys', '/operations/list_servers', '{"__proto__": {"x": 1}, "constructor": 1}', 200, /INVALID_INPUT/],
  ])('[SERVICE-2] refuses %s in words, without a stack', async (_what, path, body, status, text) => {
    const answer = await ask(path, body);
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(text)]);
    expect(answer.text).not.toMatch(/\n\s+at |node:internal|"stack"/);
  });

  it('[SERVICE-2] refuses bodies and headers that are too large, and takes large ones', async () => {
    const padded = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024, ' ').fill('{}', 0, 2);
    expect((await ask('/operations/list_servers', padded(10))).text).toContain('"result"');
    expect((await ask('/operations/list_servers', padded(70))).text).not.toContain('"result"');
    const endless = await ask('/operations/list_servers', '{}', { 'transfer-encoding': 'chunked' });
    expect(endless.text).toContain('INPUT_TOO_LARGE');
    const headers = await ask('/operations/list_servers', '{}', { 'x-much': 'a'.repeat(30_000) });
    expect([0, 431]).toContain(headers.status);
    expect(await serviceHealth(state())).toMatchObject({ pid: service.pid });
  });

  it('[SERVICE-6] refuses more requests than its own programs make, in words, and answers again after a pause', async () => {
    const one = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n';
    expect(await flood(() => connect(socketPath(state())), one)).toMatch(
      /HTTP\/1\.1 429 [^]*retry-after: 1\r\n[^]*RATE_LIMITED/i,
    );
    await expect.poll(() => serviceHealth(state()), { timeout: 10_000 }).toMatchObject({ pid: service.pid });
  });

  it('[SERVICE-2] ends who is slow with headers or body, and serves others meanwhile', async () => {
    const slow = [
      raw('POST /operations/list_servers HTTP/1.1\r\nHost: x\r\nX: '),
      raw('POST /operations/list_servers HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'),
    ];
    expect(await serviceHealth(state())).toMatchObject({ pid: service.pid });
    const ends = slow.map((socket) => once(socket, 'close').then(() => 'ended'));
    for (const end of ends) expect(await Promise.race([end, sleep(30_000, 'still open')])).toBe('ended');
    expect(await serviceHealth(state())).toMatchObject({ pid: service.pid });
  }, 60_000);

  it('[SERVICE-2] has 1,000 connections at most, and answers again when they are gone', async () => {
    const sockets: ReturnType<typeof raw>[] = [];
    // What comes faster than the service takes it is refused before it sees it (connect(2), EAGAIN), and proves nothing.
    while (sockets.length < 1200) {
      const some = Array.from({ length: 50 }, () => raw(''));
      const ends = await Promise.allSettled(some.map((socket) => once(socket, 'connect')));
      sockets.push(...some.filter((_socket, index) => ends[index]?.status === 'fulfilled'));
      await sleep(10);
    }
    await expect
      .poll(() => sockets.filter((socket) => socket.closed).length, { timeout: 10_000 })
      .toBeGreaterThanOrEqual(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => serviceHealth(state()), { timeout: 10_000 }).toMatchObject({ pid: service.pid });
  }, 60_000);

  it('[SERVICE-3] opens a started server on loopback, to its token, and to no page of another site', async () => {
    const made = await service.call('create_mcp_server', { form: form('guarded'), start: true, wait: true });
    expect(made).toMatchObject({ status: 'success' });
    const { url, token } = await service.call<{ url: string; token: string }>('get_server_info', {
      server: 'guarded',
      with_token: true,
    });
    expect(listensAt(service.pid)).toEqual(['0100007F']);
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
        const types = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
        request(url, { method: 'POST', headers: { ...types, ...headers }, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end(body);
      });
    const bearer = { authorization: `Bearer ${token}` };
    expect(await status({})).toBe(401);
    expect(await status({ authorization: `Bearer ${token}x` })).toBe(401);
    expect(await status({ ...bearer, host: 'evil.test' })).toBe(403);
    expect(await status({ ...bearer, origin: 'https://evil.test' })).toBe(403);
    expect([401, 403]).not.toContain(await status(bearer));
  }, 120_000);
});
