import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificates } from '../../test/support/certificates.ts';
import { buildEchoServer, echoLaunch } from '../../test/support/echo-server.ts';
import { openSandbox } from '../sandbox/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { startServer } from './index.ts';
import type { RunningServer, ServerLaunch } from './index.ts';

let home: string;
let sandbox: Sandbox;
let web: Server;
let port: number;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'run-'));
  await buildEchoServer(home);
  sandbox = await openSandbox({ stateFolder: home });
  web = createServer((incoming, response) => response.end(`you asked ${incoming.headers.host}`));
  web.listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  port = (web.address() as AddressInfo).port;
});
afterAll(async () => {
  web.close();
  await rm(home, { recursive: true, force: true });
});

/** Runs a script as a server until it ends, and hands back what it logged. */
async function logOf(code: string, change: Partial<ServerLaunch>): Promise<{ log: string[]; server: RunningServer }> {
  const log: string[] = [];
  const server = await startServer(
    sandbox,
    echoLaunch(home, { command: ['/node/bin/node', '-e', code], onLog: (line) => log.push(line), ...change }),
  );
  await server.exited;
  return { log, server };
}

describe('a server with a way out', () => {
  const ask = (url: string): string =>
    `fetch('${url}').then(async (answer) => console.error(answer.status, await answer.text()), (error) => console.error(error.cause?.message ?? error.message))`;

  it('[SANDBOX-12] fetches from a granted host', async () => {
    const { log } = await logOf(ask(`http://localhost:${port}/`), {
      grants: { hosts: [{ host: 'localhost', port, private: true }], folders: [] },
    });
    expect(log).toEqual([`200 you asked localhost:${port}`]);
  });

  it('[SANDBOX-12] also from a program that is not Node', async () => {
    const child = `require('http').get('http://localhost:${port}/', (answer) => answer.pipe(process.stderr))`;
    const { log } = await logOf('', {
      command: ['/bin/sh', '-c', `/node/bin/node -e "${child}"`],
      grants: { hosts: [{ host: 'localhost', port, private: true }], folders: [] },
    });
    expect(log).toEqual([`you asked localhost:${port}`]);
  });

  it('[OPENAPI-CALL-21] trusts a private authority whose file it is granted, and proves itself by a certificate', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tls-'));
    await chmod(folder, 0o755);
    makeCertificates(folder);
    const [cert, key, ca] = await Promise.all(
      ['server.pem', 'server.key', 'ca.pem'].map((name) => readFile(join(folder, name))),
    );
    const secure = createSecure({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (incoming, response) =>
      response.end((incoming.socket as TLSSocket).authorized ? 'known' : 'nobody'),
    );
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const to = (secure.address() as AddressInfo).port;
    const files = `{ cert: read('${folder}/client.pem'), key: read('${folder}/client.key') }`;
    const asked = `const read = require('fs').readFileSync; require('https').get('https://localhost:${to}/', ${files}, (answer) => answer.pipe(process.stderr)).on('error', ({ code }) => console.error(code))`;
    const grants = {
      hosts: [{ host: 'localhost', port: to, private: true }],
      folders: [{ path: folder, access: 'read' as const }],
    };
    const environment = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    expect((await logOf(asked, { grants, environment })).log).toEqual(['known']);
    expect((await logOf(asked, { grants })).log).toEqual([expect.stringContaining('CERT')]);
    secure.close().closeAllConnections();
    await rm(folder, { recursive: true });
  });

  it('[SANDBOX-11] reaches nothing else', async () => {
    const { log, server } = await logOf(ask(`http://127.0.0.1:${port}/`), {
      grants: { hosts: [{ host: 'localhost', port, private: true }], folders: [] },
    });
    expect(log.join()).not.toContain('you asked');
    expect(server.refusedHosts()).toEqual([`127.0.0.1:${port}`]);
  });
});

describe('folders', () => {
  const granted = async (name: string): Promise<string> => {
    const folder = join(tmpdir(), `${home.split('/').at(-1)}-${name}`);
    await mkdir(folder);
    await chmod(folder, 0o777);
    await writeFile(join(folder, 'data.txt'), 'data');
    return folder;
  };
  const code = `const fs = require('fs'); for (const part of process.env.MCP_FOLDERS.split(':')) { const path = part.replace(/=rw$/, ''); try { console.error(part.endsWith('=rw'), fs.readFileSync(path + '/data.txt', 'utf8')); fs.writeFileSync(path + '/made', 'x'); console.error('written') } catch (error) { console.error(error.code) } }`;

  it('[SANDBOX-10] are seen at their own path, writable only when granted so', async () => {
    const [read, write] = [await granted('read'), await granted('write')];
    const { log } = await logOf(code, {
      grants: {
        hosts: [],
        folders: [
          { path: read, access: 'read' },
          { path: write, access: 'write' },
        ],
      },
    });
    expect(log).toEqual(['false data', 'EROFS', 'true data', 'written']);
    await Promise.all([read, write].map((folder) => rm(folder, { recursive: true })));
  });

  it.each(['/app/data', '/run', '/data:more'])('[SANDBOX-10] %s cannot be granted', async (path) => {
    await expect(
      startServer(sandbox, echoLaunch(home, { grants: { hosts: [], folders: [{ path, access: 'read' }] } })),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });

  it('[SANDBOX-10] that hold the sockets of servers cannot be granted', async () => {
    const folder = await granted('sockets');
    const runFolder = join(folder, 'run');
    const grants = { hosts: [], folders: [{ path: folder, access: 'read' as const }] };
    await expect(startServer(sandbox, echoLaunch(home, { runFolder, grants }))).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
    });
    await rm(folder, { recursive: true });
  });

  it('[SANDBOX-10] within a writable one cannot be exchanged for a link to elsewhere', async () => {
    const [outer, decoy] = [await granted('outer'), await granted('decoy')];
    const inner = join(outer, 'inner');
    const grants = {
      hosts: [],
      folders: [
        { path: outer, access: 'write' as const },
        { path: inner, access: 'read' as const },
      ],
    };
    await logOf(`require('fs').symlinkSync('${decoy}', '${inner}')`, {
      grants: { hosts: [], folders: grants.folders.slice(0, 1) },
    });
    await expect(startServer(sandbox, echoLaunch(home, { grants }))).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    await Promise.all([outer, decoy].map((folder) => rm(folder, { recursive: true })));
  });

  it('[SANDBOX-6] and memory have a limit also where the server has none of its own', async () => {
    const { log } = await logOf(
      "console.error(require('fs').readFileSync('/proc/self/limits', 'utf8').match(/Max (data|file) size +\\d+/g).join())",
      {},
    );
    const memory = Math.min(2 * 1024 ** 3, Math.floor(totalmem() / 2));
    expect(log.join()).toMatch(new RegExp(`Max data size +${memory}`));
    expect(log.join()).toMatch(/Max file size +4294967296/);
  });

  it('a workspace for reading cannot be written', async () => {
    const { log } = await logOf(
      "try { require('fs').writeFileSync(process.env.MCP_WORKSPACE + '/x', 'x') } catch (error) { console.error(error.code) }",
      { workspaceAccess: 'read' },
    );
    expect(log).toEqual(['EROFS']);
  });
});

describe('an HTTP server', () => {
  const post = (server: RunningServer): Promise<Response> =>
    fetch(server.url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${server.token}`,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
      }),
    });

  it('[SANDBOX-13] answers on its socket and its port until it is stopped, and leaves nothing behind', async () => {
    const server = await startServer(sandbox, echoLaunch(home, { transport: 'http', port: 0 }));
    expect((await stat(server.socketPath ?? '')).isSocket()).toBe(true);
    const answer = await post(server);
    expect(answer.status).toBe(200);
    await answer.body?.cancel();
    expect(server.token?.length).toBeGreaterThan(40);
    expect(await server.memory()).toBeGreaterThan(5_000_000);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    await expect(post(server)).rejects.toThrow();
    expect(await readdir(join(home, 'run'))).toEqual([]);
  });

  it('[SANDBOX-13] is refused a port that is taken, and does not stay', async () => {
    await expect(startServer(sandbox, echoLaunch(home, { transport: 'http', port }))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(String(port)),
    });
    expect(await readdir(join(home, 'run'))).toEqual([]);
  });

  it('[SANDBOX-14] that links to a socket of the host gets nobody to talk to it', async () => {
    let visited = 0;
    const target = join(home, 'host.sock');
    const service = createSocketServer(() => (visited += 1)).listen(target);
    await new Promise((resolve) => service.once('listening', resolve));
    const code = `require('fs').symlinkSync(${JSON.stringify(target)}, process.env.MCP_SOCKET); setInterval(() => {}, 1000)`;
    await expect(
      startServer(sandbox, echoLaunch(home, { transport: 'http', command: ['/node/bin/node', '-e', code] })),
    ).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
    expect(visited).toBe(0);
    await new Promise((resolve) => service.close(resolve));
  });

  it('[SANDBOX-15] that ends early is reported with what it said, less what it was told', async () => {
    const started = startServer(
      sandbox,
      echoLaunch(home, {
        transport: 'http',
        command: ['/node/bin/node', '-e', "console.error('no luck with', process.env.API_KEY); process.exit(1)"],
        environment: { API_KEY: 'sk-very-secret' },
      }),
    );
    await expect(started).rejects.toMatchObject({
      code: 'SERVER_UNHEALTHY',
      message: expect.stringMatching(/ended before it answered.*no luck with \[value\]/s),
    });
  });

  it('[SANDBOX-15] that never answers is given up and ended', async () => {
    const started = startServer(
      sandbox,
      echoLaunch(home, {
        transport: 'http',
        readyMs: 300,
        command: ['/node/bin/node', '-e', 'setInterval(() => {}, 1000)'],
      }),
    );
    await expect(started).rejects.toMatchObject({
      code: 'SERVER_UNHEALTHY',
      message: expect.stringContaining('did not answer'),
    });
    expect(await readdir(join(home, 'run'))).toEqual([]);
  });
});

it('a server reads and writes the standard streams of its starter when told to', async () => {
  const code = `
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, '../sandbox/index.ts'))};
    import { startServer } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(home)} });
    const launch = ${JSON.stringify(echoLaunch(home, { command: ['/node/bin/node', '-e', 'process.stdin.pipe(process.stdout)'], inheritStdio: true }))};
    process.exitCode = (await (await startServer(sandbox, launch)).exited).code;`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end('through');
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  expect(text).toBe('through');
});
