import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { slowDatabase, type SlowDatabase } from '../../test/support/slow-database.ts';
import { openStorage } from '../storage/index.ts';
import { withStorage } from '../storage/testing.ts';
import { registerThree } from './fixtures/service.ts';
import { openJobs, type Jobs } from './index.ts';
import { openWatched } from './watched.ts';

const held = withStorage();
let here: Jobs | undefined;
let far: ChildProcess | undefined;
let link: SlowDatabase | undefined;
afterEach(async () => {
  far?.kill('SIGKILL');
  await here?.close();
  here = undefined;
  link?.close();
});

const wait = { timeout: 60_000 };
const trace = (folder: string): string[] =>
  existsSync(join(folder, 'trace')) ? readFileSync(join(folder, 'trace'), 'utf8').trim().split('\n') : [];

/** A service that reaches the database by a link only, in the midst of a job's second step; and another one beside it. */
async function twoServices(name: string): Promise<{ folder: string; link: SlowDatabase; here: Jobs }> {
  const folder = join(held.stateFolder, name);
  mkdirSync(folder);
  const host = new URL(held.storage.connectionString).searchParams.get('host') ?? '';
  const made = (link = await slowDatabase(join(host, '.s.PGSQL.5432')));
  const program = join(import.meta.dirname, 'fixtures/service.ts');
  far = spawn(process.execPath, [program, join(folder, 'state'), folder, `build-${name}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: `postgresql://mcp_crafter@127.0.0.1:${made.port}/mcp_crafter` },
  });
  await expect.poll(() => trace(folder), wait).toContain('second begins');
  const jobs = (here = await openJobs({ storage: held.storage, executorId: `here-${name}` }));
  registerThree(jobs, folder);
  await jobs.launch();
  return { folder, link: made, here: jobs };
}

/** When a service was heard of last, by its own word. */
async function lastSeen(id: string): Promise<string> {
  const client = new pg.Client({ connectionString: held.storage.connectionString });
  await client.connect();
  const sql = 'SELECT seen_at::text FROM mcp_crafter.executors WHERE id = $1';
  const { rows } = await client.query<{ seen_at: string }>(sql, [id]).finally(() => client.end());
  return rows[0]?.seen_at ?? '';
}

async function nextBeat(id: string): Promise<void> {
  const before = await lastSeen(id);
  await expect.poll(() => lastSeen(id), wait).not.toBe(before);
}

const ending = ['second ends', 'third hello PORT_TAKEN'];

describe('a service that is cut off from its database', () => {
  it('[JOBS-12] leaves the job that another one has taken over meanwhile', async () => {
    const { folder, link: cable, here: jobs } = await twoServices('taken');
    cable.cut();
    const taken = ['first', 'refused', 'second begins', 'second begins'];
    await expect.poll(() => trace(folder), wait).toEqual(taken);
    cable.delay = 0;
    await expect.poll(() => trace(folder), wait).toEqual([...taken, 'second stops']);
    writeFileSync(join(folder, 'go'), '');
    await jobs.ended('build-taken');
    expect(trace(folder)).toEqual([...taken, 'second stops', ...ending]);
  }, 180_000);

  it('[JOBS-12] keeps its jobs when it is back before it was given up', async () => {
    const { folder, link: cable, here: jobs } = await twoServices('kept');
    const giveUp = cable.strand();
    // It is back by then, and what it had before still holds its lock.
    for (const _ of [1, 2]) await nextBeat('here-kept');
    giveUp();
    for (const _ of [1, 2]) await nextBeat('here-kept');
    writeFileSync(join(folder, 'go'), '');
    await jobs.ended('build-kept');
    expect(trace(folder)).toEqual(['first', 'refused', 'second begins', ...ending]);
  }, 180_000);
});

/** PostgreSQL with a port of its own on loopback, where it has only a socket else. */
async function withPort<T>(work: (url: string) => Promise<T>): Promise<T> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'port-'));
  const storage = await openStorage({ stateFolder });
  const data = join(stateFolder, 'postgres', 'data');
  const pid = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const [program = '', ...words] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  await storage.close();
  appendFileSync(join(data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 trust\n');
  const port = await freePort();
  const { uid, gid } = statSync(data);
  const server = spawn(program, [...words, '-c', 'listen_addresses=127.0.0.1', '-c', `port=${port}`], {
    ...(process.getuid?.() === 0 && { uid, gid }),
    stdio: 'ignore',
  });
  try {
    return await work(`postgresql://mcp_crafter@127.0.0.1:${port}/mcp_crafter`);
  } finally {
    server.kill('SIGQUIT');
    await once(server, 'exit');
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

describe('the session by which a service is watched', () => {
  it('[JOBS-11] is given up by PostgreSQL when its other end is silent for 14 seconds, and waits there for no longer than 30', async () => {
    const seconds = await withPort(async (url) => {
      await expect.poll(() => openWatched(url, 'up').then((client) => client.end().then(() => true)), wait).toBe(true);
      const client = await openWatched(url, 'watched');
      const show = async (name: string) => parseInt(String((await client.query(`SHOW ${name}`)).rows[0][name]), 10);
      const [idle = 0, interval = 0, count = 0, answer = 0, lock = 0] = await Promise.all(
        ['idle', 'interval', 'count'].map((name) => show(`tcp_keepalives_${name}`)).concat(show('tcp_user_timeout'), show('lock_timeout')),
      );
      await client.end();
      return { idle: idle + interval * count, busy: answer / 1000, lock };
    });
    expect(seconds).toEqual({ idle: 14, busy: 14, lock: 30 });
  }, 120_000);
});
