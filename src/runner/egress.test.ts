import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostGrant } from '../spec/index.ts';
import { startEgressProxy } from './index.ts';

let folder: string;
let web: Server;
let port: number;
const seen: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'egress-'));
  web = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.headers.host} ${incoming.headers['proxy-authorization'] ?? ''}`);
    incoming.pipe(response);
  });
  web.listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  port = (web.address() as AddressInfo).port;
});
afterAll(async () => {
  web.close();
  await rm(folder, { recursive: true, force: true });
});

async function withProxy(
  hosts: readonly HostGrant[],
  use: (socketPath: string, refused: () => readonly string[]) => Promise<void>,
): Promise<void> {
  const proxy = await startEgressProxy({ grants: { hosts: [...hosts], folders: [] }, runFolder: folder });
  try {
    await use(proxy.socketPath, proxy.refusedHosts);
  } finally {
    await proxy.close();
  }
}

function send(
  socketPath: string,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers }, async (incoming) => {
      let text = '';
      for await (const chunk of incoming) text += String(chunk);
      resolve({ status: incoming.statusCode ?? 0, text });
    });
    outgoing.on('connect', (incoming, socket) => {
      socket.end();
      resolve({ status: incoming.statusCode ?? 0, text: '' });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

it('[SANDBOX-11] carries requests and tunnels to what is granted', async () => {
  await withProxy([{ host: 'localhost', port, private: true }], async (socketPath, refused) => {
    seen.length = 0;
    const url = `http://localhost:${port}/x`;
    expect(await send(socketPath, 'POST', url, 'body', { 'proxy-authorization': 'secret' })).toEqual({
      status: 200,
      text: 'body',
    });
    expect(seen).toEqual([`POST localhost:${port} `]);
    expect(await send(socketPath, 'CONNECT', `localhost:${port}`)).toMatchObject({ status: 200 });
    expect(refused()).toEqual([]);
  });
});

it('[SANDBOX-11] connects to nothing else, and remembers what was asked for', async () => {
  await withProxy([{ host: 'localhost', port, private: false }], async (socketPath, refused) => {
    seen.length = 0;
    expect((await send(socketPath, 'GET', `http://localhost:${port}/`)).status).toBe(403);
    expect((await send(socketPath, 'CONNECT', `localhost:${port}`)).status).toBe(403);
    expect((await send(socketPath, 'CONNECT', '127.0.0.2:80')).status).toBe(403);
    expect((await send(socketPath, 'CONNECT', 'nonsense')).status).toBe(400);
    expect((await send(socketPath, 'GET', '/relative')).status).toBe(400);
    expect(seen).toEqual([]);
    expect(refused()).toEqual([`localhost:${port}`, '127.0.0.2:80']);
  });
});

it('answers when the host does not', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.once('listening', resolve));
  const dead = (closed.address() as AddressInfo).port;
  await new Promise((resolve) => closed.close(resolve));
  await withProxy([{ host: '127.0.0.1', port: dead, private: true }], async (socketPath) => {
    expect((await send(socketPath, 'GET', `http://127.0.0.1:${dead}/`)).status).toBe(502);
    expect((await send(socketPath, 'CONNECT', `127.0.0.1:${dead}`)).status).toBe(502);
  });
});
