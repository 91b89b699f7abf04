import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Instance } from '../spec/index.ts';
import { isAlive } from './health.ts';

let server: ReturnType<typeof createServer> | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server at a port, without a socket. */
async function at(answer: RequestListener): Promise<Instance> {
  const made = (server = createServer(answer));
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(made.address() as AddressInfo).port}/mcp` } as Instance;
}

describe('asking a server at a port whether it lives', () => {
  it('[ENGINE-9] takes an answer', async () => {
    const asked: unknown[] = [];
    const instance = await at(({ method, url }, answer) => {
      asked.push({ method, url });
      answer.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: {} }));
    });
    await expect(isAlive(instance, 10_000)).resolves.toBeUndefined();
    expect(asked).toEqual([{ method: 'POST', url: '/mcp' }]);
  });

  it('[ENGINE-9] waits for one no longer than is said', async () => {
    const instance = await at(() => undefined);
    const silent = isAlive(instance, 100).then(
      () => 'answered',
      () => 'silent',
    );
    expect(await Promise.race([silent, sleep(5000, 'waits on', { ref: false })])).toBe('silent');
  });
});
