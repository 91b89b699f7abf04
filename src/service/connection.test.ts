import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readResult } from './connection.ts';

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
    await expect(readResult(await answerOf([]), () => undefined)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});
