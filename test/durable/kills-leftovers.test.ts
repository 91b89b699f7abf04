import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceHealth } from '../../src/service/index.ts';
import { sha256 } from '../../src/util/index.ts';
import { wordForm } from '../support/cli.ts';
import { databaseOf, openHouse, type House } from '../support/house.ts';
import { productCommand } from '../support/product.ts';
import { processesOf } from '../support/remains.ts';

// Many processes start here, and on a busy machine each takes its time.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let house: House;
beforeEach(async () => void (house = await openHouse()));
afterEach(() => house.clear());

async function query(sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: databaseOf(house.stateFolder) });
  await client.connect();
  await client.query(sql, values).finally(() => client.end());
}

describe('what a killed service leaves', () => {
  it('[KILLS-8] a build that it had recorded and not queued is ended by the next one, and its name is free', async () => {
    await house.start();
    await house.kill();
    await query(
      `INSERT INTO mcp_crafter.builds (id, server, version, status, fraction, message, created_at)
       VALUES ('build-lost', 'lost', '1.0.0', 'queued', 0, 'Waiting for its turn.', now() - interval '1 second')`,
    );
    await house.start();
    const status = async (): Promise<string> => (await house.ask('get_build_status', { build: 'build-lost' })).status;
    await expect.poll(status, { timeout: 30_000 }).toBe('failed');
    const made = await house.ask('create_mcp_server', { form: wordForm('lost'), wait: true });
    expect(made.status).toBe('success');
  });

  it('[SERVICE-10] the ports of its servers, where the next one starts them again', async () => {
    await house.start();
    const { url } = await house.ask('create_mcp_server', { form: wordForm('stays'), start: true, wait: true });
    expect(url).toMatch(/^http:/);
    await house.kill();
    await house.start();
    const now = async (): Promise<unknown> => (await house.ask('get_server_info', { server: 'stays' })).url;
    await expect.poll(now, { timeout: 30_000 }).toBe(url);
  });

  it('[KILLS-9] processes of it are ended by the next one; those of the living and of others are not', async () => {
    await house.start();
    await house.kill();
    const folder = sha256(house.stateFolder).slice(0, 16);
    // What trials of the sandbox name, which are made for no state folder.
    const none = sha256('/nonexistent').slice(0, 16);
    const start = (mark: string) =>
      spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
        env: { MCP_CRAFTER_STARTER: mark },
        stdio: 'ignore',
      });
    const ticks = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[19];
    const orphans = [`${folder}.4194303.1`, `${folder}.${process.pid}.1`, `${none}.4194303.1`].map(start);
    const others = [`${folder}.${process.pid}.${ticks}`, `${'0'.repeat(16)}.4194303.1`].map(start);
    const ended = Promise.all(orphans.map((child) => once(child, 'exit')));
    await house.start();
    expect((await ended).map(([, signal]) => signal)).toEqual(orphans.map(() => 'SIGKILL'));
    expect(others.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([null, null]);
    for (const child of others) child.kill();
  });

  it('[KILLS-10] its lock stops nobody, and of those who start at once one stays', async () => {
    mkdirSync(join(house.stateFolder, 'run'), { recursive: true });
    // A living process has the number of the dead one.
    writeFileSync(join(house.stateFolder, 'run', 'service.pid'), `${process.pid}.1`);
    const others = Array.from({ length: 3 }, () =>
      spawn(productCommand, ['serve'], { env: house.environment, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const told = Promise.withResolvers<void>();
    let left = 0;
    for (const other of others) other.once('exit', () => ++left === 2 && told.resolve());
    await told.promise;
    const living = others.filter(({ exitCode }) => exitCode === null);
    expect(living).toHaveLength(1);
    await expect
      .poll(async () => (await serviceHealth(house.stateFolder))?.pid, { timeout: 30_000 })
      .toBe(living[0]?.pid);
    living[0]?.kill('SIGTERM');
    await once(living[0] as (typeof others)[0], 'exit');
    expect(processesOf(house.stateFolder)).toEqual([]);
  });

  it('[KILLS-11] what it had compiled is there for the next one', async () => {
    const compiled = join(house.stateFolder, '..', 'compiled');
    const other = await openHouse({ NODE_COMPILE_CACHE: compiled });
    try {
      await other.start();
      const kept = (): readonly string[] => readdirSync(compiled, { recursive: true }) as string[];
      await expect.poll(() => kept().length, { timeout: 30_000 }).toBeGreaterThan(100);
      await other.kill();
    } finally {
      await other.clear();
    }
  });
});
