import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { open, writeFile } from 'node:fs/promises';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordForm } from '../support/cli.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { stopLeftover } from '../../src/storage/testing.ts';

let home: string;
let state: string;
let service: ServiceProcess | undefined;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'want-'));
  state = join(home, 's');
  await chmod(home, 0o755);
  await mkdir(state);
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
  stopLeftover(state);
  await rm(home, { recursive: true, force: true });
});

const create = (name: string, change: object = {}): Promise<Record<string, unknown>> =>
  (service as ServiceProcess).call('create_mcp_server', { ...wordForm(name), wait: true, start: false, ...change });
const names = async (): Promise<string[]> =>
  (await (service as ServiceProcess).call<{ servers: { name: string }[] }>('list_servers', {})).servers.map(
    ({ name }) => name,
  );
const call = (server: string): Promise<unknown> =>
  (service as ServiceProcess).call('call_tool', { server, tool: 'get_word', arguments: { word: 'oak' } });

/** The command that follows sees another file system over the state folder; only its own namespace does. */
const mounted = (mount: string): string[] => ['unshare', '-m', 'sh', '-c', `${mount} && exec "$0" "$@"`];
const root = process.getuid?.() === 0;

describe('a full disk', () => {
  it.skipIf(!root)(
    '[DURABLE-WANT-5] is named as such, and what was accepted is there when there is room again',
    async () => {
      const around = mounted(`mount -t tmpfs -o size=224m,mode=0711 tmpfs '${state}'`);
      const view = (pid: number): string => `/proc/${pid}/root${state}`;
      service = await startService(state, { around, view });
      expect(await create('before')).toMatchObject({ status: 'success' });
      const filler = join(view(service.pid), 'filler');
      await fill(filler);
      const refused = await create('while-full').then(
        ({ error }) => error,
        (error: unknown) => error,
      );
      expect(refused).toMatchObject({ code: 'DISK_FULL', hint: expect.stringContaining('Make room') });
      expect(await names()).toEqual(['before']);
      expect(JSON.stringify(await call('before'))).toContain('oak');
      await rm(filler);
      expect(await create('while-full')).toMatchObject({ status: 'success' });
      expect(await names()).toEqual(['before', 'while-full']);
    },
    120_000,
  );
});

/** To the last byte; at most 256 MB. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const size of [1 << 20, 4096, 1])
      for (let count = 0; count < 4096; count++) {
        const { bytesWritten } = await handle.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
        if (bytesWritten < size) break;
      }
  } finally {
    await handle.close();
  }
}

describe('a state folder that cannot be written to', () => {
  it.skipIf(!root)(
    '[DURABLE-WANT-6] ends the start with what to do; later all is there',
    async () => {
      service = await startService(state);
      expect(await create('before')).toMatchObject({ status: 'success' });
      await service.stop();
      service = undefined;
      const around = mounted(`mount --bind '${state}' '${state}' && mount -o remount,bind,ro '${state}'`);
      const said = await startService(state, { around }).catch((error: Error) => error.message);
      expect(said).toMatch(/cannot be written to: EROFS[^]*→ [^]*MCP_CRAFTER_HOME/);
      expect(said).toContain('ended (6)');
      service = await startService(state);
      expect(await names()).toEqual(['before']);
    },
    120_000,
  );
});

describe('a clock that is set back an hour', () => {
  it('[DURABLE-WANT-7] holds up no build, and loses none', async () => {
    const hook = join(home, 'clock.mjs');
    await writeFile(hook, clock);
    service = await startService(state, { env: { NODE_OPTIONS: `--import=${hook}` } });
    expect(await create('before')).toMatchObject({ status: 'success' });
    process.kill(service.pid, 'SIGUSR2');
    // The regular looks for jobs now wait for an hour to pass.
    await sleep(1500);
    const all = Promise.all(['after-1', 'after-2', 'after-3'].map((name) => create(name, { start: true })));
    // Held up, they would wait for an hour.
    const builds = await Promise.race([all, sleep(60_000, [], { ref: false })]);
    expect(builds.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
    expect(JSON.stringify(await call('after-1'))).toContain('oak');
    await service.kill();
    service = await startService(state);
    expect(await names()).toEqual(['after-1', 'after-2', 'after-3', 'before']);
  }, 240_000);
});

/** For the service's process: from SIGUSR2 on, Date is an hour behind. */
const clock = `
const { now } = Date;
let behind = 0;
process.on('SIGUSR2', () => (behind = 3_600_000));
globalThis.Date = class extends Date {
  constructor(...given) {
    if (given.length === 0) super(now() - behind);
    else super(...given);
  }
  static now() {
    return now() - behind;
  }
};
`;

describe('1,024 open files', () => {
  it('[DURABLE-WANT-8] are enough for builds at once; when all are used, work goes on as soon as some are free', async () => {
    service = await startService(state, { around: ['prlimit', '--nofile=1024:1024'] });
    const { pid } = service;
    const builds = await Promise.all(Array.from({ length: 6 }, (_, index) => create(`few-${index}`)));
    expect(builds.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'success'));
    const held = Array.from({ length: 1200 }, () =>
      connect(join(state, 'run', 'service.sock')).on('error', () => undefined),
    );
    await sleep(500);
    for (const socket of held) socket.destroy();
    await expect.poll(names, { timeout: 20_000 }).toHaveLength(6);
    expect(await create('after')).toMatchObject({ status: 'success' });
    expect(service.pid).toBe(pid);
  }, 120_000);

  it('[DURABLE-WANT-8] of which none is free are named as such, and connections that find none end nothing', async () => {
    service = await startService(state);
    expect(await create('before')).toMatchObject({ status: 'success' });
    const { pid } = service;
    const allow = (files: string): unknown => execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await ask(agent, 'list_servers', {})).toContain('before');
    allow('3');
    const told = await ask(agent, 'get_server_sbom', { server: 'before' });
    const refused = Array.from({ length: 5 }, () =>
      connect(join(state, 'run', 'service.sock')).on('error', () => undefined),
    );
    await sleep(500);
    allow('1024');
    for (const socket of [...refused, agent]) socket.destroy();
    expect(told).toContain('No more files may be opened');
    await expect(names()).resolves.toEqual(['before']);
  }, 120_000);
});

/** What an operation answers over a connection that is kept. */
function ask(agent: Agent, operation: string, input: object): Promise<string> {
  const socketPath = join(state, 'run', 'service.sock');
  const headers = { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    request({ agent, socketPath, method: 'POST', path: `/operations/${operation}`, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.once('end', () => resolve(text)).once('error', reject);
    })
      .once('error', reject)
      .end(JSON.stringify(input));
  });
}
