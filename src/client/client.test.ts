import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEchoServer, echoLaunch } from '../../test/support/echo-server.ts';
import { startServer } from '../runner/index.ts';
import type { RunningServer } from '../runner/index.ts';
import { openSandbox } from '../sandbox/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { connect, eras, probeEra, probeHttpProtection } from './index.ts';
import type { Endpoint } from './index.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

let home: string;
let sandbox: Sandbox;
let http: RunningServer;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'client-'));
  await buildEchoServer(home);
  sandbox = await openSandbox({ stateFolder: home });
  http = await startServer(sandbox, echoLaunch(home, { transport: 'http', port: 0 }));
});
afterAll(async () => {
  await http.stop();
  await rm(home, { recursive: true, force: true });
});

const overPort = (): HttpEndpoint => ({ kind: 'http', url: http.url ?? '', token: http.token ?? '' });
const overSocket = (): HttpEndpoint => ({
  ...overPort(),
  url: 'http://localhost/mcp',
  socketPath: http.socketPath ?? '',
});
async function overStdio(): Promise<{ endpoint: Endpoint; server: RunningServer }> {
  const server = await startServer(sandbox, echoLaunch(home));
  return { endpoint: { kind: 'stdio', stdin: server.stdin as never, stdout: server.stdout as never }, server };
}

describe('a connection', () => {
  it.each([...eras, 'auto'] as const)('[CLIENT-1] in %s lists and calls over a port and over a socket', async (era) => {
    for (const endpoint of [overPort(), overSocket()]) {
      const connection = await connect(endpoint, { era });
      expect(connection).toMatchObject({
        era: era === 'auto' ? '2026-07-28' : era,
        serverInfo: { name: 'echo-server', version: '1.0.0' },
      });
      expect((await connection.listTools()).map(({ name }) => name)).toEqual(['echo', 'wait', 'read', 'get']);
      expect((await connection.callTool('echo', { text: 'é' })).structuredContent).toEqual({ text: 'é' });
      await connection.close();
    }
  });

  it.each([...eras, 'auto'] as const)(
    '[CLIENT-1] in %s works over standard streams, and its end ends the server',
    async (era) => {
      const { endpoint, server } = await overStdio();
      const connection = await connect(endpoint, { era });
      const long = await connection.callTool('echo', { text: 'x'.repeat(80_000) });
      expect(String(long.structuredContent?.['text']).length).toBe(80_000);
      await connection.close();
      expect(await server.exited).toEqual({ code: 0, signal: null });
    },
  );

  it('[CLIENT-2] reports progress, and stops waiting when told to', async () => {
    const connection = await connect(overSocket());
    const control = new AbortController();
    const reports: unknown[] = [];
    const call = connection.callTool(
      'wait',
      { text: '' },
      {
        signal: control.signal,
        onProgress: (...report) => {
          reports.push(report);
          control.abort();
        },
      },
    );
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(reports).toEqual([[1, 2, 'half way']]);
    await expect(connection.callTool('wait', { text: '' }, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    await connection.close();
  });

  it('[CLIENT-3] turns what goes wrong into our errors', async () => {
    const connection = await connect(overSocket());
    await expect(connection.callTool('nothing', {})).rejects.toMatchObject({
      code: 'SERVER_CALL_FAILED',
      message: expect.stringContaining('nothing'),
    });
    await connection.close();
    await expect(connect({ ...overPort(), token: 'wrong' })).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
    await expect(
      connect({ kind: 'http', url: 'http://localhost/mcp', socketPath: join(home, 'none.sock') }),
    ).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
    await expect(connect(overPort(), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('[CLIENT-3] takes no endless answer', async () => {
    const stdout = new PassThrough();
    const opened = connect({ kind: 'stdio', stdin: new PassThrough().resume(), stdout }, { timeoutMs: 20_000 });
    const refused = expect(opened).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
    for (let megabytes = 0; megabytes < 12; megabytes += 1) stdout.write('x'.repeat(1 << 20));
    await refused;
    const discovery = { supportedVersions: ['2026-07-28'], capabilities: {}, padding: 'x'.repeat(11 << 20) };
    await withServer(
      async (request, response) => {
        let text = '';
        for await (const chunk of request) text += String(chunk);
        const { id } = JSON.parse(text || '{}') as { id?: unknown };
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: discovery }));
      },
      async (url) => {
        await expect(connect({ kind: 'http', url })).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
      },
    );
  });
});

async function withServer(listener: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a probe', () => {
  const failed = (looks: readonly { case: string; passed: boolean }[]): string[] =>
    looks.filter(({ passed }) => !passed).map((look) => look.case);

  it.each(eras)('[CLIENT-4] of %s finds a good server good, over both transports', async (era) => {
    const { endpoint, server } = await overStdio();
    for (const probe of [await probeEra(endpoint, era), await probeEra(overSocket(), era)]) {
      expect(failed(probe.looks)).toEqual([]);
      expect(probe.tools).toHaveLength(4);
      expect(probe.listingBytes).toBeGreaterThan(500);
      expect(probe.serverInfo).toMatchObject({ name: 'echo-server' });
    }
    await server.stop(0);
  });

  it('[CLIENT-4] names what a bad server does', async () => {
    const server = await startServer(
      sandbox,
      echoLaunch(home, {
        command: [
          '/node/bin/node',
          '-e',
          `
        console.log('listening');
        require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
          const { id, method } = JSON.parse(line);
          const result = method === 'initialize' ? { protocolVersion: '2024-11-05', capabilities: {}, serverInfo: {} } : {};
          if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
        });`,
        ],
      }),
    );
    const { looks } = await probeEra(
      { kind: 'stdio', stdin: server.stdin as never, stdout: server.stdout as never },
      '2025-11-25',
    );
    expect(failed(looks)).toEqual(['initialize', 'tools/list', 'unknown_method', 'stdout']);
    expect(looks.find((look) => look.case === 'stdout')?.message).toContain('listening');
    expect(looks.filter(({ passed }) => !passed).every(({ remedy }) => remedy !== undefined)).toBe(true);
    await server.stop(0);
  });

  it('[CLIENT-4] gives up on silence and on a server that is gone', async () => {
    const silent = await startServer(
      sandbox,
      echoLaunch(home, { command: ['/node/bin/node', '-e', 'setInterval(() => {}, 1000)'] }),
    );
    const endpoint: Endpoint = { kind: 'stdio', stdin: silent.stdin as never, stdout: silent.stdout as never };
    expect(failed((await probeEra(endpoint, '2026-07-28', { timeoutMs: 100 })).looks)).toEqual(['server/discover']);
    await silent.stop(0);
    expect(failed((await probeEra(endpoint, '2025-11-25', { timeoutMs: 5000 })).looks)).toEqual(['initialize']);
  });

  it('[CLIENT-5] finds a guarded server guarded', async () => {
    const looks = await probeHttpProtection(overSocket());
    expect(looks.map((look) => [look.case, look.passed])).toEqual([
      ['proper_request', true],
      ['foreign_host', true],
      ['foreign_origin', true],
      ['missing_token', true],
      ['wrong_token', true],
    ]);
  });

  it('[CLIENT-5] finds an open server open, and a dead one nothing', async () => {
    await withServer(
      (_, response) => response.end('{}'),
      async (url) => {
        expect(failed(await probeHttpProtection({ kind: 'http', url, token: 'any' }))).toEqual([
          'foreign_host',
          'foreign_origin',
          'missing_token',
          'wrong_token',
        ]);
      },
    );
    const dead = { kind: 'http', url: 'http://localhost/mcp', socketPath: join(home, 'none.sock') } as const;
    expect(failed(await probeHttpProtection(dead))).toHaveLength(3);
  });
});
