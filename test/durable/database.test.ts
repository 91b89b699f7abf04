import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '../../src/storage/index.ts';
import { withStorage } from '../../src/storage/testing.ts';
import { wordForm } from '../support/cli.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { slowDatabase, type SlowDatabase } from '../support/slow-database.ts';

const held = withStorage();
let state: string;
let slow: SlowDatabase;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'slow-'));
  const host = new URL(held.storage.connectionString).searchParams.get('host') ?? '';
  slow = await slowDatabase(join(host, '.s.PGSQL.5432'));
});
afterEach(() => {
  slow.delay = 0;
});
afterAll(async () => {
  await service?.stop();
  slow.close();
  await rm(state, { recursive: true, force: true });
});

const running = async (): Promise<ServiceProcess> =>
  (service ??= await startService(state, {
    env: { DATABASE_URL: `postgresql://mcp_crafter@127.0.0.1:${slow.port}/mcp_crafter` },
  }));

describe('a database that is far away', () => {
  it('[DURABLE-WANT-9] slows builds down and harms none', async () => {
    const { call } = await running();
    slow.delay = 25;
    expect(await call('create_mcp_server', { ...wordForm('slow'), wait: true, start: false })).toMatchObject({
      status: 'success',
    });
  }, 120_000);

  it('[DURABLE-WANT-9] that says nothing is named as such, and a build under way ends right when it speaks again', async () => {
    const { call } = await running();
    const ordered = (await call('create_mcp_server', { ...wordForm('patient'), start: false })) as { build: string };
    const stage = async (): Promise<unknown> => (await call('get_build_status', { build: ordered.build }))['stage'];
    await expect.poll(stage, { timeout: 30_000, interval: 20 }).toBe('verify');
    slow.delay = Infinity;
    const silence = sleep(50_000, 'nothing', { ref: false });
    await expect(Promise.race([call('list_servers', {}), silence])).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      hint: expect.stringContaining('mcp-crafter doctor'),
    });
    slow.delay = 0;
    const ended = call('get_build_status', { build: ordered.build, wait: true });
    expect(await ended).toMatchObject({ status: 'success' });
    expect(JSON.stringify(await call('list_servers', {}))).toContain('patient');
  }, 120_000);
});

const fixtures = join(import.meta.dirname, '../fixtures/database');
const versions = readdirSync(fixtures).filter((name) => name.endsWith('.sql'));

describe('the tables of earlier versions', () => {
  it('[DURABLE-WANT-10] are kept, one dump for each', () => {
    const migrations = readdirSync(join(import.meta.dirname, '../../src/storage/migrations'));
    expect(versions.map((name) => name.slice(0, 4))).toEqual(migrations.map((name) => name.slice(0, 4)));
  });

  it.each(versions)('[DURABLE-WANT-10] %s comes up to date with all that is in it', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'earlier-'));
    try {
      const empty = await openStorage({ stateFolder: folder });
      const client = new pg.Client({ connectionString: empty.connectionString });
      await client.connect();
      await client.query('DROP SCHEMA mcp_crafter CASCADE');
      await client.query(readFileSync(join(fixtures, name), 'utf8'));
      await client.end();
      await empty.close();
      const storage = await openStorage({ stateFolder: folder });
      try {
        await expect(storage.servers.list()).resolves.toMatchObject([{ name: 'kept', version: '1.0.1', desired: 'running' }]);
        await expect(storage.builds.list()).resolves.toMatchObject([{ id: 'build-2', status: 'failed' }, { id: 'build-1', status: 'success' }]);
        await expect(storage.posts.list()).resolves.toMatchObject(name < '0003' ? [] : [{ server: 'kept', port: 4123, alive: false }]);
        await expect(storage.releases.active('kept')).resolves.toMatchObject({ id: 'release-1', version: '1.0.1' });
        await expect(storage.secrets.list()).resolves.toEqual([{ server: 'kept', name: 'KEY', sealed: 'v1:sealed' }]);
        await expect(storage.plans.get('plan-1')).resolves.toMatchObject({ plan: { id: 'plan-1' } });
        const { id, ...build } = (await storage.builds.list())[0]!;
        await storage.builds.create({ ...build, id: `${id}-new` }, false);
        expect((await storage.builds.list())[0]?.id).toBe('build-2-new');
      } finally {
        await storage.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
