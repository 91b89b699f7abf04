import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serviceHealth } from '../../src/service/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';
import { flood } from '../support/flood.ts';
import { productCommand } from '../support/product.ts';
import { listensAt } from '../support/remains.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

let home: string;
let service: ServiceProcess;
let port: number;
let token: string;
const state = (): string => join(home, 'state');
const tokenFile = (): string => join(state(), 'run', 'http-token');

async function start(): Promise<void> {
  service = await startService(state(), { words: ['--http', '0'] });
  await vi.waitUntil(() => service.said().includes('HTTP: '));
  port = Number(/http:\/\/127\.0\.0\.1:(\d+),/.exec(service.said())?.[1]);
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'http-'));
  chmodSync(home, 0o755);
  await start();
  token = readFileSync(tokenFile(), 'utf8').trim();
});
afterAll(async () => {
  await service.stop();
  stopLeftover(state());
  rmSync(home, { recursive: true, force: true });
});

interface Asked {
  readonly method?: string;
  readonly path?: string;
  /** Header lines; what is undefined is left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** Sends a request byte for byte, and gives all that came until the other side closed. */
async function ask({
  method = 'GET',
  path = '/health',
  headers = {},
  body = '',
}: Asked): Promise<{ status: number; text: string }> {
  const lines = { host: `127.0.0.1:${port}`, authorization: `Bearer ${token}`, connection: 'close', ...headers };
  const given = Object.entries(lines).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}\r\n`],
  );
  const socket = connect(port, '127.0.0.1')
    .setEncoding('utf8')
    .on('error', () => undefined);
  socket.write(`${method} ${path} HTTP/1.1\r\n${given.join('')}\r\n${body}`);
  let text = '';
  socket.on('data', (part: string) => (text += part));
  await once(socket, 'close');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
}

const listing = (headers: Asked['headers'] = {}): Asked => ({
  method: 'POST',
  path: '/operations/list_servers',
  headers: { 'content-length': '2', ...headers },
  body: '{}',
});

describe('the service over HTTP', () => {
  it('[SERVICE-4] listens on loopback only, and says where its token lies, not what it is', async () => {
    expect(listensAt(service.pid)).toEqual(['0100007F']);
    expect(service.said()).toContain(tokenFile());
    expect(service.said()).not.toContain(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    expect((await ask({})).status).toBe(200);
    expect((await ask(listing())).text).toContain('"result":{"servers":[]}');
  });

  it.each([
    ['no token', { authorization: undefined }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['another token', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['the token as a password', { authorization: `Basic ${Buffer.from(`:${'A'.repeat(43)}`).toString('base64')}` }],
  ])('[SERVICE-5] answers nothing to %s', async (_what, headers) => {
    for (const asked of [
      { headers },
      listing(headers),
      { method: 'POST', path: '/stop', headers },
      { path: '/other', headers },
    ]) {
      const { status, text } = await ask(asked);
      expect([status, text]).toEqual([401, expect.stringMatching(/www-authenticate: Bearer[^]*UNAUTHENTICATED/i)]);
    }
    for (const shape of [token.slice(1), `${token}A`, token.toLowerCase(), `${token}, ${token}`])
      expect((await ask({ headers: { authorization: `Bearer ${shape}` } })).status).toBe(401);
  });

  it.each([
    'evil.test',
    '127.0.0.1.evil.test',
    'localhost.evil.test',
    'user@127.0.0.1',
    '127.0.0.2',
    '[::1]',
    '0x7f.1',
    '2130706433',
    '0.0.0.0',
  ])('[SERVICE-5] answers nothing to the host %s', async (host) => {
    expect([400, 403]).toContain((await ask({ headers: { host } })).status);
    expect([400, 403]).toContain((await ask({ headers: { host: `${host}:${port}` } })).status);
  });

  it('[SERVICE-5] answers to its own names', async () => {
    for (const host of ['127.0.0.1', 'localhost', `LOCALHOST:${port}`, 'localhost:1'])
      expect([host, (await ask({ headers: { host } })).status]).toEqual([host, 200]);
    expect((await ask({ headers: { host: undefined } })).status).toBe(400);
  });

  it('[SERVICE-5] answers to pages of its own origin only, and to no question of a browser whether others may ask', async () => {
    const own = `127.0.0.1:${port}`;
    for (const origin of [
      'https://evil.test',
      'null',
      '',
      `https://${own}`,
      'http://127.0.0.1',
      `http://localhost:${port}`,
      `http://${own}.evil.test`,
    ])
      expect([origin, (await ask(listing({ origin }))).status]).toEqual([origin, 403]);
    expect((await ask(listing({ origin: `http://${own}` }))).status).toBe(200);
    const asked = { origin: 'https://evil.test', 'access-control-request-method': 'POST', authorization: undefined };
    const { status, text } = await ask({ method: 'OPTIONS', path: '/operations/list_servers', headers: asked });
    expect([status, text]).toEqual([403, expect.not.stringMatching(/access-control-allow/i)]);
  });

  it('[SERVICE-5] refuses before it reads a body, and then hangs up', async () => {
    const large = { 'content-length': String(60 * 1024 * 1024), connection: 'keep-alive' };
    const refusals = { token: { authorization: undefined }, host: { host: 'evil.test' }, origin: { origin: 'null' } };
    for (const [what, headers] of Object.entries(refusals)) {
      const { status, text } = await ask({ ...listing({ ...large, ...headers }), body: '{' });
      expect([what, status]).toEqual([what, what === 'token' ? 401 : 403]);
      expect(text).toMatch(/connection: close/i);
    }
    const huge = await ask(listing({ 'content-length': String(65 * 1024 * 1024), connection: 'keep-alive' }));
    expect([huge.status, huge.text]).toEqual([413, expect.stringContaining('INPUT_TOO_LARGE')]);
    const endless = await ask({
      ...listing({ 'content-length': undefined, 'transfer-encoding': 'chunked' }),
      body: '2\r\n{}\r\n0\r\n\r\n',
    });
    expect(endless.text).toContain('INPUT_TOO_LARGE');
  });

  it('[SERVICE-5] does not hand out secrets in the clear: how to run a server is told at the socket alone', async () => {
    const asked = {
      ...listing({ 'content-length': '20' }),
      path: '/operations/get_run_launch',
      body: '{"server":"nothing"}',
    };
    const { text } = await ask(asked);
    expect(text).toContain('There is no operation `get_run_launch`');
    await expect(service.call('get_run_launch', { server: 'nothing' })).rejects.toMatchObject({
      message: expect.stringContaining('no server'),
    });
    const body = '{"server":"nothing","with_token":true}';
    const path = '/operations/get_server_info';
    const shown = await ask({ ...listing({ 'content-length': String(body.length) }), path, body });
    expect(shown.text).toContain('"code":"FORBIDDEN"');
  });

  it('[SERVICE-6] refuses more requests than its own programs make, in words, and serves the socket meanwhile', async () => {
    const one = `GET /health HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\n\r\n`;
    expect(await flood(() => connect(port, '127.0.0.1'), one)).toMatch(
      /HTTP\/1\.1 429 [^]*retry-after: 1\r\n[^]*RATE_LIMITED/i,
    );
    expect(await serviceHealth(state())).toMatchObject({ pid: service.pid });
    await expect.poll(async () => (await ask({})).status, { timeout: 10_000 }).toBe(200);
  });

  it('[SERVICE-2] ends who is slow over HTTP too', async () => {
    const socket = connect(port, '127.0.0.1')
      .on('error', () => undefined)
      .resume();
    socket.write('GET /health HTTP/1.1\r\nHost: x\r\nX: ');
    await once(socket, 'close');
    expect((await ask({})).status).toBe(200);
  }, 30_000);

  it('[SERVICE-4] is not promised by a service that runs without it, and nothing is left of one that cannot listen', async () => {
    const serve = (...words: string[]) =>
      spawnSync(productCommand, ['serve', ...words], {
        env: { ...process.env, MCP_CRAFTER_HOME: state() },
        encoding: 'utf8',
      });
    const second = serve('--http', '0');
    expect([second.status, second.stderr]).toEqual([4, expect.stringContaining('serve --stop')]);
    expect(serve('--http', 'nowhere').status).toBe(2);
    expect(serve('--http').status).toBe(2);
    // By HTTP, with the token.
    expect((await ask({ method: 'POST', path: '/stop', headers: { 'content-length': '0' } })).status).toBe(200);
    expect(await service.stop()).toBe(0);

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = spawn(productCommand, ['serve', '--http', String((other.address() as AddressInfo).port)], {
      env: { ...process.env, MCP_CRAFTER_HOME: state() },
      stdio: 'ignore',
    });
    expect((await once(taken, 'exit'))[0]).toBe(4);
    other.close();
    await start();
    expect((await ask({})).status).toBe(200);
  }, 60_000);
});
