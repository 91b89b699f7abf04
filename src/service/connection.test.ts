import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readResult, send } from './connection.ts';
import { socketPath } from './protocol.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function answerOf(chunks: readonly (string | Buffer)[]): Promise<IncomingMessage> {
  const server = createServer((_request, response) => {
    const send = (at: number): void => {
      if (at === chunks.length) response.end();
      else response.write(chunks[at], () => setImmediate(send, at + 1));
    };
    send(0);
  });
  stops.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => request({ host: '127.0.0.1', port }, resolve).end());
}

describe('[OPENAPI-READ-14] the answer of the service', () => {
  const result = { description: 'one\u2028two\u2029three\u0085four é' };

  it('may hold any character, split anywhere', async () => {
    const bytes = Buffer.from(`${JSON.stringify({ log: 'a\u2028b' })}\n\n${JSON.stringify({ result })}\n`);
    const lines: unknown[] = [];
    const single = Array.from(bytes, (byte) => Buffer.from([byte]));
    expect(await readResult(await answerOf(single), (line) => lines.push(line))).toEqual(result);
    expect(lines).toEqual([{ log: 'a\u2028b' }]);
    expect(await readResult(await answerOf([JSON.stringify({ result })]), () => undefined)).toEqual(result);
  });

  it('is told when it breaks off', async () => {
    await expect(readResult(await answerOf(['{"log":"a"}\n{"res']), () => undefined)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
    await expect(readResult(await answerOf([]), () => undefined)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});

it('[SERVICE-6] the client of the service comes again when it is told to, and waits no longer than its caller', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'busy-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'run'));
  let asked = 0;
  const server = createServer((_request, response) => {
    const busy = asked++ < 1;
    response
      .writeHead(busy ? 429 : 200, { 'retry-after': '1', connection: 'close' })
      .end(busy ? '{"error":{}}' : '{"result":1}');
  });
  stops.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(socketPath(folder), resolve));
  expect(await readResult(await send(folder, 'POST', '/operations/any', {}), () => undefined)).toBe(1);
  expect(asked).toBe(2);
  server
    .removeAllListeners('request')
    .on('request', (_request, response) => void response.writeHead(429, { 'retry-after': '60' }).end());
  await expect(send(folder, 'GET', '/health', undefined, AbortSignal.timeout(200))).rejects.toThrow(/abort/i);
});
