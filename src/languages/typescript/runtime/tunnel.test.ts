import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { tunnelAgent } from './tunnel.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A proxy that carries what it is asked for, or refuses it. */
async function proxy(asked: string[], refusal?: string): Promise<number> {
  const server = createServer();
  server.on('connect', ({ url = '' }, inside, head) => {
    asked.push(url);
    if (refusal !== undefined) return inside.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\n\r\n`);
    const outside = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      inside.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      outside.write(head);
      inside.pipe(outside).pipe(inside);
    });
    return undefined;
  });
  return listen(server);
}

function get(agent: ReturnType<typeof tunnelAgent>, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'api.example', port, agent }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    });
    sent.on('error', reject).end();
  });
}

describe('[OPENAPI-CALL-10] plain http through the sandbox’s way out', () => {
  it('keeps one tunnel for many requests', async () => {
    const asked: string[] = [];
    const target = await listen(createServer(({ headers }, response) => response.end(headers.host)));
    const agent = tunnelAgent(await proxy(asked));
    for (let at = 0; at < 3; at++) expect(await get(agent, target)).toBe(`api.example:${target}`);
    expect(asked).toEqual([`api.example:${target}`]);
    agent.destroy();
  });

  it('tells a refusal from an answer of the API', async () => {
    const refusing = tunnelAgent(await proxy([], '403 private addresses are not granted'));
    await expect(get(refusing, 80)).rejects.toThrow(
      'api.example:80 could not be reached: private addresses are not granted',
    );
    await expect(get(tunnelAgent(await proxy([], '502 down')), 80)).rejects.toThrow('down');
  });
});
