import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { toStorageError } from './database.ts';
import { openStorage } from './index.ts';
import { withDatabaseLock } from './locks.ts';
import { migrate, readMigrations, type Migration } from './migrate.ts';
import { choosePlace } from './postgres/place.ts';
import { alive } from './postgres/postmaster.ts';
import { probeDatabase } from './probe.ts';
import { stopLeftover } from './testing.ts';

const folders: string[] = [];
async function newFolder(name = ''): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'mcp-crafter-test-'));
  folders.push(base);
  await chmod(base, 0o711);
  const folder = join(base, name);
  await mkdir(folder, { recursive: true });
  return folder;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) {
    stopLeftover(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

const databasePid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
const running = (folder: string): boolean => existsSync(join(folder, 'postgres/data/postmaster.pid'));

async function ask<T extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded database', () => {
  it('[STORAGE-1] is reached by a private socket alone, with a role that is no superuser', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    const [role] = await ask(storage.connectionString, 'SELECT * FROM pg_roles WHERE rolname = current_user');
    expect(role).toMatchObject({ rolsuper: false, rolcreaterole: false, rolcreatedb: false });
    expect(await ask(storage.connectionString, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect((await stat(join(folder, 'postgres/run'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'postgres/data'))).mode & 0o777).toBe(0o700);
    const superuser = storage.connectionString.replace('//mcp_crafter@', '//postgres@');
    await expect(ask(superuser, 'SELECT 1')).rejects.toThrow(/pg_hba/);
    await storage.close();
  });

  it('[STORAGE-2] is adopted while it runs and stopped by the last one who closes it', async () => {
    const folder = await newFolder();
    const first = await openStorage({ stateFolder: folder });
    const pid = databasePid(folder);
    const second = await openStorage({ stateFolder: folder });
    expect(databasePid(folder)).toBe(pid);
    await first.close();
    await first.close();
    expect(running(folder)).toBe(true);
    expect(await second.servers.list()).toEqual([]);
    await second.close();
    expect(running(folder)).toBe(false);
  });

  it('[STORAGE-3] comes back with its data after it was killed', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    await storage.secrets.put('crm', 'TOKEN', 'sealed');
    process.kill(databasePid(folder), 'SIGKILL');
    await expect
      .poll(() => storage.secrets.get('crm', 'TOKEN').catch((error: Error) => error), { timeout: 30_000 })
      .toBe('sealed');
    await storage.close();
  });

  it('[STORAGE-3] takes what children of the killed one still say for no word of its own', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    const clients = Array.from({ length: 12 }, () => new pg.Client({ connectionString: storage.connectionString }));
    for (const client of clients) client.on('error', () => {});
    await Promise.all(clients.map((client) => client.connect()));
    const pids = await Promise.all(
      clients.map(
        async (client) => (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid,
      ),
    );
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    process.kill(databasePid(folder), 'SIGKILL');
    const names = storage.secrets.names('crm');
    for (const pid of pids) {
      await sleep(25);
      process.kill(pid, 'SIGCONT');
    }
    expect(await names).toEqual([]);
    await storage.close();
  });

  it('[STORAGE-3] comes back by itself once what kept it from starting is mended', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    const killed = databasePid(folder);
    await chmod(join(folder, 'postgres/data'), 0o777);
    process.kill(killed, 'SIGKILL');
    const failure = () => storage.secrets.names('crm').then(String, (error: Error) => error.message);
    await expect.poll(failure, { timeout: 30_000 }).toMatch(/invalid permissions/);
    await chmod(join(folder, 'postgres/data'), 0o700);
    await expect.poll(() => databasePid(folder), { timeout: 30_000 }).not.toBe(killed);
    await storage.close();
  });

  it('[STORAGE-3] that cannot be started any more is an error, and closing leaves nothing that starts it', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    const [software = ''] = (await readdir(join(folder, 'postgres'))).filter((name) => name.startsWith('software-'));
    await rename(join(folder, 'postgres', software), join(folder, 'moved'));
    process.kill(databasePid(folder), 'SIGKILL');
    // Children of the killed one may still answer for a moment.
    const failure = () => storage.secrets.names('crm').catch((error: unknown) => error);
    await expect.poll(failure, { timeout: 30_000 }).toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining('ENOENT'),
    });
    await rename(join(folder, 'moved'), join(folder, 'postgres', software));
    await storage.close();
    expect(running(folder) && alive(databasePid(folder))).toBe(false);
  });

  it('[STORAGE-3] that is being started while it is closed is stopped', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    process.kill(databasePid(folder), 'SIGKILL');
    const asked = storage.secrets.names('crm').catch(() => []);
    // Its file names the killed one until the next one writes its own.
    await rm(join(folder, 'postgres/data/postmaster.pid'));
    await expect.poll(() => existsSync(join(folder, 'postgres/data/postmaster.pid')), { interval: 1 }).toBe(true);
    await storage.close();
    await asked;
    expect(running(folder)).toBe(false);
  });

  it('[STORAGE-4] comes up for four processes that start together on an empty folder', async () => {
    const folder = await newFolder();
    const program = `import { openStorage } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const storage = await openStorage({ stateFolder: ${JSON.stringify(folder)} });
      console.log((await storage.servers.list()).length);
      await storage.close();`;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', program]);
    const answers = await Promise.all([start(), start(), start(), start()]);
    expect(answers.map((answer) => answer.stdout.trim())).toEqual(['0', '0', '0', '0']);
    const storage = await openStorage({ stateFolder: folder });
    const applied = await ask(storage.connectionString, 'SELECT version FROM mcp_crafter.schema_migrations');
    const known = await readMigrations();
    expect(applied).toHaveLength(known.length);
    await ask(storage.connectionString, 'DROP SCHEMA mcp_crafter CASCADE');
    const turns = Array.from({ length: 8 }, () =>
      withDatabaseLock(storage.connectionString, 'open', (client) => migrate(client, known)),
    );
    expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual(turns.map(() => 'fulfilled'));
    await storage.close();
  });

  it('[STORAGE-5] refuses a changed migration and a database that is newer, and keeps nothing of a failed one', async () => {
    const folder = await newFolder();
    const storage = await openStorage({ stateFolder: folder });
    const known = await readMigrations();
    const apply = (wanted: readonly Migration[]) =>
      withDatabaseLock(storage.connectionString, 'open', (client) => migrate(client, wanted));
    const changed = known.map((migration) => ({ ...migration, sql: `${migration.sql}-- changed` }));
    await expect(apply(changed)).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const broken = {
      version: 9000,
      name: '9000-broken.sql',
      sql: 'CREATE TABLE mcp_crafter.half (); SELECT nonsense;',
    };
    await expect(apply([...known, broken])).rejects.toThrow();
    expect(await ask(storage.connectionString, "SELECT to_regclass('mcp_crafter.half') AS half")).toEqual([
      { half: null },
    ]);
    await apply([...known, { ...broken, sql: 'CREATE TABLE mcp_crafter.whole ()' }]);
    await expect(apply(known)).rejects.toThrow(/version 9000/);
    await storage.close();
  });

  it('[STORAGE-12] moves its socket to a short folder when the state folder is long', async () => {
    const folder = await newFolder(`${'a-rather-long-name/'.repeat(6)}end`);
    const storage = await openStorage({ stateFolder: folder });
    const place = await choosePlace(folder);
    expect(place.socketFolder).toMatch(/^\/tmp\/mcp-crafter-[0-9a-f]{12}$/);
    expect((await lstat(place.socketFolder)).mode & 0o077).toBe(0);
    await storage.close();
    await rm(place.socketFolder, { recursive: true });
    const own = join(folder, 'own');
    await mkdir(own, { mode: 0o700 });
    await symlink(own, place.socketFolder);
    await expect(openStorage({ stateFolder: folder })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await rm(place.socketFolder);
  });

  it('[STORAGE-12] keeps a database outside of a folder that its user cannot pass, and finds it again', async () => {
    const folder = await newFolder('closed/state');
    await chmod(dirname(folder), 0o700);
    const first = await openStorage({ stateFolder: folder });
    await first.secrets.put('crm', 'TOKEN', 'sealed');
    await first.close();
    const again = await openStorage({ stateFolder: folder });
    expect(await again.secrets.get('crm', 'TOKEN')).toBe('sealed');
    await again.close();
    const outside = await readlink(join(folder, 'postgres')).catch(() => undefined);
    if (process.getuid?.() === 0) expect(outside).toMatch(/^\/var\/lib\/mcp-crafter\/postgres-[0-9a-f]{12}$/);
    if (outside) await rm(outside, { recursive: true });
  });

  it('[STORAGE-12] says so when the state folder cannot be used', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(openStorage({ stateFolder: 'relative' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(openStorage({ stateFolder: join(folder, 'file/below') })).rejects.toMatchObject({
      code: 'MISSING_PREREQUISITE',
    });
  });

  it('[STORAGE-12] that accepts connections and says nothing is named as such', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const client = new pg.Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 100 });
    const error: unknown = await client.connect().catch((thrown: unknown) => toStorageError(thrown));
    silent.close();
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', message: expect.stringContaining('no answer in time') });
  });

  it('[STORAGE-12] can be another PostgreSQL, and says so when that does not answer', async () => {
    const folder = await newFolder();
    const own = await openStorage({ stateFolder: folder });
    const other = { stateFolder: await newFolder(), databaseUrl: own.connectionString };
    const shared = await openStorage(other);
    expect(await probeDatabase(other)).toMatchObject({ ok: true });
    expect(await probeDatabase({ stateFolder: folder })).toMatchObject({ ok: true });
    await shared.close();
    expect(await own.servers.list()).toEqual([]);
    await own.close();
    const nobody = { ...other, databaseUrl: 'postgresql://someone:hunter22@127.0.0.1:9/none' };
    const error: unknown = await openStorage(nobody).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const probe = await probeDatabase(nobody);
    expect(probe.ok).toBe(false);
    expect(JSON.stringify([error, probe])).not.toContain('hunter22');
  });
});
