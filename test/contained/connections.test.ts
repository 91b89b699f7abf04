import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forwardPort } from '../../src/runner/forward.ts';
import { openFront } from '../../src/operate/front.ts';

let folder: string;
let server: Server;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'front-'));
  server = createServer((socket) => socket.on('error', () => {}).write('hello')).listen(join(folder, 's'));
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Whether it is answered by the server behind, or ended. */
async function knock(port: number, all: Socket[]): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  all.push(socket);
  return Promise.race([
    once(socket, 'data').then(
      () => true,
      () => false,
    ),
    once(socket, 'close').then(
      () => false,
      () => false,
    ),
  ]);
}

it.each([
  ['the port of a started server', openFront, (path: string) => () => path],
  ['a port given to one', forwardPort, (path: string) => path],
] as const)(
  '[SERVICE-2] %s takes 256 connections at a time, and others when those have gone',
  async (_what, open, way) => {
    const front = await open(0, way(join(folder, 's')) as never);
    const held: Socket[] = [];
    const came = await Promise.all(Array.from({ length: 300 }, () => knock(front.port, held)));
    expect(came.filter(Boolean)).toHaveLength(256);
    for (const socket of held.splice(0)) socket.destroy();
    await expect.poll(() => knock(front.port, held)).toBe(true);
    for (const socket of held) socket.destroy();
    await front.close();
  },
);
