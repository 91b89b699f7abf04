import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { connect } from '../client/index.ts';
import { startServer } from '../runner/index.ts';
import { openSandbox } from '../sandbox/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Instance } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { backoff } from './backoff.ts';
import { createFleet, openLogBook } from './index.ts';
import type { Fleet, Roster } from './index.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let sandbox: Sandbox;
let fleet: Fleet;
let instances: Instance[] = [];

const record = (change: Partial<ServerRecord> = {}): ServerRecord =>
  ({
    name: 'echo',
    version: '1.0.0',
    desired: 'running',
    artifact: 'a',
    generated: {},
    blueprint: { limits: { maxSeconds: 1 } },
    createdAt: '',
    updatedAt: '',
    ...change,
  }) as unknown as ServerRecord;

/** Holds the main loop for as many milliseconds as the workspace's file `silence` says, as soon as there is one; it removes it. */
const falling = `import { readFileSync, rmSync } from 'node:fs'; setInterval(() => {
  const file = process.env.MCP_WORKSPACE + '/silence';
  let silence = 0;
  try { silence = Number(readFileSync(file)); } catch { return; }
  if (!(silence > 0)) return;
  rmSync(file);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, silence);
}, 50).unref();`;

/** Starts the echo server; the artifact `broken` names a program that ends at once, `silent` one that can stop answering. */
async function launch({ artifact }: ServerRecord): Promise<Instance> {
  const main = artifact === 'broken' ? '-e=0' : '/src/test/fixtures/echo-server/main.ts';
  const instance = await startServer(sandbox, {
    name: 'echo',
    command: [
      '/node/bin/node',
      ...(artifact === 'silent' ? [`--import=data:text/javascript,${encodeURIComponent(falling)}`] : []),
      main,
    ],
    mounts: [{ source: root, target: '/src', access: 'read' }],
    transport: 'http',
    workspace: join(folder, 'workspace'),
    grants: { hosts: [], folders: [] },
    environment: { MCP_TOKEN: 'token-of-the-test' },
    runFolder: await mkdtemp(join(folder, 'run-')),
    onLog: (line) => fleet.logs.append('echo', line),
  });
  instances.push(instance);
  return instance;
}

/** Keeps nothing longer than the test, and has no other service. */
function looseRoster(): Roster {
  const kept = new Map<string, Awaited<ReturnType<Roster['take']>>>();
  return {
    take: async (name) => kept.get(name) ?? {},
    note: async (name, change) => void kept.set(name, { ...kept.get(name), ...change }),
    leave: async () => undefined,
    yield: async () => undefined,
    elsewhere: async () => new Map(),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  sandbox = await openSandbox({ stateFolder: folder });
});
beforeEach(() => {
  instances = [];
  fleet = createFleet(
    launch,
    openLogBook(join(folder, 'logs'), (text) => text.replaceAll('hush', '[secret]')),
    looseRoster(),
  );
});
afterEach(() => fleet.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

async function answers(): Promise<unknown> {
  const { url = '', token = '' } = fleet.state('echo');
  const connection = await connect({ kind: 'http', url, token }, { era: 'auto' });
  try {
    return (await connection.callTool('echo', { text: 'hello' })).structuredContent;
  } finally {
    await connection.close();
  }
}

const silence = (): string => join(folder, 'workspace', 'silence');

describe('the fleet', () => {
  it('[ENGINE-9] starts a server that dies again behind the same address', async () => {
    const { url } = await fleet.start(record());
    expect(await answers()).toEqual({ text: 'hello' });
    await instances[0]?.stop(0);
    await expect.poll(() => fleet.state('echo').restarts, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => fleet.state('echo').status, { timeout: 20_000 }).toBe('running');
    expect(fleet.state('echo').url).toBe(url);
    expect(await answers()).toEqual({ text: 'hello' });
    expect((await fleet.logs.read('echo', 100)).join('\n')).toContain('restarted at once');
  });

  it('[ENGINE-9] ends a server that runs and is silent, and starts it again', async () => {
    const watch = { everyMilliseconds: 100, answerMilliseconds: 2000, soonMilliseconds: 50 };
    const watched = createFleet(launch, fleet.logs, looseRoster(), watch);
    try {
      await watched.start(record({ artifact: 'silent' }));
      await writeFile(silence(), '30000');
      const ended = instances[0]?.exited.then(() => 'ended');
      expect(await Promise.race([ended, sleep(15_000, 'goes on', { ref: false })])).toBe('ended');
      await expect.poll(() => watched.state('echo').status, { timeout: 20_000 }).toBe('running');
      expect(watched.state('echo').restarts).toBeGreaterThan(0);
      expect((await watched.logs.read('echo', 100)).join('\n')).toContain('echo does not answer');
    } finally {
      await watched.close();
    }
  });

  it('[ENGINE-9] leaves a server that is silent no longer than a call of it may take', async () => {
    const watch = { everyMilliseconds: 100, answerMilliseconds: 500, soonMilliseconds: 50 };
    const logs = openLogBook(join(folder, 'patient'), (text) => text);
    const watched = createFleet(launch, logs, looseRoster(), watch);
    try {
      const limits = { maxSeconds: 8, maxResultCharacters: 1000 };
      await watched.start(record({ artifact: 'silent', blueprint: { limits } as ServerRecord['blueprint'] }));
      await writeFile(silence(), '4000');
      await expect.poll(() => existsSync(silence()), { timeout: 20_000 }).toBe(false);
      // Answers when the silence is over.
      const connection = await watched.connection('echo');
      expect((await connection?.callTool('echo', { text: 'hello' }))?.structuredContent).toEqual({ text: 'hello' });
      expect((await logs.read('echo', 100)).join('\n')).not.toContain('does not answer');
    } finally {
      await watched.close();
    }
  });

  it('[ENGINE-7] keeps the old version behind the address when the new one does not start', async () => {
    await fleet.start(record());
    await expect(fleet.replace(record({ artifact: 'broken', version: '1.0.1' }))).rejects.toMatchObject({
      code: 'SERVER_UNHEALTHY',
    });
    expect(await answers()).toEqual({ text: 'hello' });
    expect(instances).toHaveLength(1);
  });

  it('[ENGINE-7] puts a new version behind the same address and ends the old one', async () => {
    const { url } = await fleet.start(record());
    const state = await fleet.replace(record({ artifact: 'b', version: '1.0.1' }));
    expect(state.url).toBe(url);
    await instances[0]?.exited;
    expect(await answers()).toEqual({ text: 'hello' });
    expect(state.restarts).toBe(0);
  });

  it('[ENGINE-12] refuses a port in use with a remedy, and starts nothing', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const refused = fleet.start(record({ port }));
    await expect(refused).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      problems: [{ field: 'port', value: String(port) }],
    });
    other.close();
    expect(instances).toHaveLength(0);
    expect(fleet.state('echo').status).toBe('stopped');
  });

  it('starts once when it is asked twice, and stops', async () => {
    await Promise.all([fleet.start(record()), fleet.start(record())]);
    expect(instances).toHaveLength(1);
    await fleet.stop('echo');
    await instances[0]?.exited;
    expect(fleet.state('echo')).toEqual({ status: 'stopped', restarts: 0 });
    expect(await fleet.connection('echo')).toBeUndefined();
  });
});

it('[ENGINE-15] restarts at once, then waits twice as long after each failure, a minute at most', () => {
  expect([0, 1, 2, 3].map(backoff)).toEqual([0, 250, 500, 1000]);
  expect(backoff(50)).toBe(60_000);
});

it('[ENGINE-15] keeps a log below ten megabytes, newest lines last, secrets masked', async () => {
  const logs = openLogBook(join(folder, 'bounded'), (text) => text.replaceAll('hush', '[secret]'));
  const long = 'x'.repeat(60_000);
  for (let line = 0; line < 200; line++) logs.append('big', `${line} hush ${long}`);
  await expect
    .poll(async () => (await logs.read('big', 1)).at(-1)?.slice(0, 14), { timeout: 10_000 })
    .toBe('199 [secret] x');
  const sizes = await Promise.all(['', '.1'].map(async (end) => (await stat(`${logs.path('big')}${end}`)).size));
  expect(Math.max(...sizes)).toBeLessThan(5.2 * 1024 * 1024);
});
