import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createSecure } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEgressProxy, startServer } from '../../src/runner/index.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { makeCertificates } from '../support/certificates.ts';
import { listenTo, lookupIn } from '../support/egress.ts';
import { talkMail, talkPostgres } from '../support/wire-servers.ts';

type Listener = Awaited<ReturnType<typeof listenTo>>;

let home: string;
let sandbox: Sandbox;
let database: Listener;
let mail: Listener;
let decoy: Listener;
let decoyReached = 0;
const received: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'wire-'));
  await chmod(home, 0o755);
  makeCertificates(home);
  sandbox = await openSandbox({ stateFolder: home });
  database = await listenTo((socket) => talkPostgres(socket, 'forty-two'));
  mail = await listenTo((socket) => talkMail(socket, received));
  decoy = await listenTo(() => (decoyReached += 1));
});
afterAll(async () => {
  for (const listener of [database, mail, decoy]) listener.close();
  await rm(home, { recursive: true, force: true });
});

/** Runs a script in the sandbox, where `*.test` leads to this machine and only `granted` is open. */
async function say(code: string, granted: readonly (readonly [host: string, port: number])[]): Promise<string> {
  const proxy = await startEgressProxy({
    grants: { hosts: granted.map(([host, port]) => ({ host, port, private: true })), folders: [] },
    runFolder: home,
    lookup: lookupIn(Object.fromEntries(['db', 'mail', 'web', 'other'].map((name) => [`${name}.test`, ['127.0.0.1']]))),
  });
  try {
    const { stdout, stderr } = await sandbox.run({
      command: ['/node/bin/node', '--input-type=module', '-e', code],
      mounts: [
        { source: resolve(import.meta.dirname, '../../node_modules'), target: '/deps/node_modules', access: 'read' },
      ],
      cwd: '/deps',
      env: { AUTHORITY: await readFile(join(home, 'ca.pem'), 'utf8') },
      egressSocket: proxy.socketPath,
      limits: { seconds: 20 },
    });
    return (stdout + stderr).trim();
  } finally {
    await proxy.close();
  }
}

const query = (host: string, port: number): string => `
  import pg from 'pg';
  const client = new pg.Client({ host: '${host}', port: ${port}, user: 'u', database: 'd', ssl: false });
  try {
    await client.connect();
    console.log((await client.query('select 1')).rows[0].answer);
    await client.end();
  } catch (error) { console.log(error.code, error.message); }`;

/** As mail libraries do it: the name is looked up first, and the server speaks first. */
const post = (host: string, port: number): string => `
  import { lookup } from 'node:dns/promises';
  import { connect } from 'node:net';
  import { createInterface } from 'node:readline';
  const [{ address }] = await lookup('${host}', { all: true });
  const socket = connect(${port}, address).on('error', (error) => console.log(error.code, error.message));
  const words = ['EHLO me', 'MAIL FROM:<a@b>', 'RCPT TO:<c@d>', 'DATA', 'Hello\\r\\n.', 'QUIT'];
  for await (const line of createInterface(socket)) {
    console.log(line);
    const word = words.shift();
    if (word === undefined) break;
    socket.write(word + '\\r\\n');
  }`;

describe('protocols beside HTTP', () => {
  it('[EGRESS-5] reach a granted database with pg, and no other', async () => {
    expect(await say(query('db.test', database.port), [['db.test', database.port]])).toBe('forty-two');
    const refused = await say(query('other.test', decoy.port), [['db.test', database.port]]);
    expect(refused).toBe(`EACCES other.test:${decoy.port} could not be reached: this host and port are not granted`);
    expect(await say(query('db.test', decoy.port), [['db.test', database.port]])).toContain('EACCES');
    expect(decoyReached).toBe(0);
  });

  it('[EGRESS-5] reach a granted mail server, and no other', async () => {
    expect(await say(post('mail.test', mail.port), [['mail.test', mail.port]])).toContain('221 bye');
    expect(received).toEqual(['EHLO me', 'MAIL FROM:<a@b>', 'RCPT TO:<c@d>', 'DATA', 'Hello', '.', 'QUIT']);
    expect(await say(post('mail.test', decoy.port), [['mail.test', mail.port]])).toContain('EACCES mail.test');
    expect(decoyReached).toBe(0);
  });

  it('[EGRESS-5] reach a granted host over TLS, which is checked by its own name', async () => {
    const [key, cert] = await Promise.all(['server.key', 'server.pem'].map((name) => readFile(join(home, name))));
    const server = createSecure({ key, cert }, (socket) => void socket.end('sealed')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = (servername: string): string => `
      import { connect } from 'node:tls';
      const name = ${servername};
      connect({ host: 'web.test', port: ${port}, ca: process.env.AUTHORITY, ...name })
        .on('data', (text) => console.log(String(text))).on('error', (error) => console.log(error.code));`;
    expect(await say(ask('{ servername: "localhost" }'), [['web.test', port]])).toBe('sealed');
    expect(await say(ask('{}'), [['web.test', port]])).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    server.close();
  });

  it('[EGRESS-1] follow no redirect, and no proxy of their own, to what is not granted', async () => {
    const web = await listenTo((socket) => {
      const place = `http://other.test:${decoy.port}/`;
      socket.end(`HTTP/1.1 302 Found\r\nlocation: ${place}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    });
    const code = `
      const ask = (url) => fetch(url).then((answer) => answer.status, (error) => error.cause?.code ?? error.name);
      console.log(await ask('http://web.test:${web.port}/'));
      process.env.HTTP_PROXY = process.env.http_proxy = 'http://127.0.0.1:${decoy.port}';
      process.env.NO_PROXY = process.env.no_proxy = '*';
      console.log(await ask('http://other.test:${decoy.port}/'), await ask('http://127.0.0.1:${decoy.port}/'));`;
    const [redirected = '', ...own] = (await say(code, [['web.test', web.port]])).split(/\s+/);
    expect(redirected).not.toBe('200');
    expect(own).not.toContain('200');
    expect(decoyReached).toBe(0);
    web.close();
  });

  it("[EGRESS-5] reach the host's loopback only where it was granted; the sandbox's own stays theirs", async () => {
    const code = `
      import { connect, createServer } from 'node:net';
      const own = createServer((socket) => socket.end('own')).listen(0, '127.0.0.1', async () => {
        for (const port of [${mail.port}, ${decoy.port}, own.address().port])
          await new Promise((done) => connect(port, '127.0.0.1')
            .once('data', function (text) { console.error(String(text).trim()); this.destroy(); })
            .on('error', (error) => console.error(error.code)).on('close', done));
        own.close();
      });`;
    const log: string[] = [];
    const server = await startServer(sandbox, {
      name: 'own',
      command: ['/node/bin/node', '--input-type=module', '-e', code],
      mounts: [],
      transport: 'stdio',
      workspace: join(home, 'workspace'),
      grants: { hosts: [{ host: '127.0.0.1', port: mail.port, private: true }], folders: [] },
      environment: {},
      runFolder: home,
      onLog: (line) => log.push(line),
    });
    await server.exited;
    expect(log).toEqual(['220 mail.test ESMTP', 'ECONNREFUSED', 'own']);
    expect(server.traffic()).toMatchObject({ requests: 1, hosts: { [`127.0.0.1:${mail.port}`]: 1 } });
    expect(decoyReached).toBe(0);
  });
});
