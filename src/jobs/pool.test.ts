import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { slowDatabase, type SlowDatabase } from '../../test/support/slow-database.ts';
import { withStorage } from '../storage/testing.ts';
import { openEngine, type Engine } from './dbos.ts';
import { openPool } from './pool.ts';

const held = withStorage();
/** Of connections here, in milliseconds; what the tests wait for is that it is over. */
const silence = 2000;
const wait = { timeout: 30_000 };
let link: SlowDatabase;
let engine: Engine | undefined;
let pool: pg.Pool | undefined;
let beat: NodeJS.Timeout | undefined;
beforeEach(async () => {
  const host = new URL(held.storage.connectionString).searchParams.get('host') ?? '';
  link = await slowDatabase(join(host, '.s.PGSQL.5432'));
});
afterEach(async () => {
  clearInterval(beat);
  link.close();
  await engine?.shutdown();
  await pool?.end();
  engine = pool = undefined;
});

const url = (): string => `postgresql://mcp_crafter@127.0.0.1:${link.port}/mcp_crafter`;

async function launched(connectionString: string, run: (id: string) => void): Promise<Engine> {
  engine = await openEngine(connectionString, 1, connectionString === url() ? silence : undefined);
  engine.register('one', async (id) => run(id));
  await engine.launch('here');
  return engine;
}

describe('a connection to the database that was lost without a word', () => {
  it('[JOBS-13] holds up no job for ever', async () => {
    // Makes the tables, which may take longer than the silence that the other one bears.
    await (await launched(held.storage.connectionString, () => {})).shutdown();
    const done: string[] = [];
    const here = await launched(url(), (id) => done.push(id));
    await here.enqueue('one', 'job-before', {}, 'key');
    await expect.poll(() => done, wait).toEqual(['job-before']);
    link.lose();
    // As a service does: a look may meet a lost connection, too.
    beat = setInterval(here.look, 500);
    const queued = Promise.all(['job-lost', 'job-after'].map((id) => here.enqueue('one', id, {}, 'key')));
    await expect.poll(() => done, wait).toEqual(['job-before', 'job-lost', 'job-after']);
    await queued;
  }, 60_000);

  it('[JOBS-13] keeps no lock of its transaction', async () => {
    const opened = (pool = openPool(url(), silence));
    const lock = 'SELECT pg_advisory_xact_lock(13)';
    const lost = await opened.connect();
    lost.on('error', () => undefined);
    await lost.query('BEGIN');
    await lost.query(lock);
    link.lose();
    const got = () =>
      opened.query(lock).then(
        () => true,
        () => false,
      );
    await expect
      .poll(got, wait)
      .toBe(true)
      .finally(() => lost.release(true));
  }, 60_000);
});
