import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { tryLock } from '../storage/index.ts';

/** How often a service says that it lives and looks for those that do not, in milliseconds. */
const beat = 5000;
/** A service that was not heard of since the database started may still be on its way back to it, this long. */
const grace = '15 seconds';

export interface Executors {
  close(): Promise<void>;
}

/**
 * Makes this service known and finds dead ones. A living service holds an advisory lock made from its id, which
 * ends with its connection: so a killed one is known at once. `takeOver` gets the ids of the dead, one at a time.
 */
export async function joinExecutors(
  connectionString: string,
  id: string,
  takeOver: (dead: string) => Promise<void>,
): Promise<Executors & { readonly reap: () => Promise<void> }> {
  const stopping = new AbortController();
  let client = await enter(connectionString, id);
  const reap = (): Promise<void> => reapDead(client, id, takeOver);
  const beating = (async () => {
    for (;;) {
      await sleep(beat, undefined, { signal: stopping.signal, ref: false });
      try {
        await sayAlive(client, id);
        await reap();
      } catch {
        await client.end().catch(() => {});
        client = await enter(connectionString, id).catch(() => client);
      }
    }
  })().catch(() => {});
  return {
    reap,
    async close() {
      stopping.abort();
      await beating;
      await client.end().catch(() => {});
    },
  };
}

async function enter(connectionString: string, id: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => {});
  try {
    await client.connect();
    await tryLock(client, lockOf(id));
    await sayAlive(client, id);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

const lockOf = (id: string): string => `executor ${id}`;

async function sayAlive(client: pg.Client, id: string): Promise<void> {
  const sql = 'INSERT INTO mcp_crafter.executors (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = now()';
  await client.query(sql, [id]);
}

async function reapDead(client: pg.Client, own: string, takeOver: (dead: string) => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM mcp_crafter.executors WHERE id <> $1
       AND (seen_at > pg_postmaster_start_time() OR seen_at < now() - interval '${grace}')`,
    [own],
  );
  for (const { id } of rows) {
    // Whoever gets the dead one's lock is the only one to take over from it.
    if (!(await tryLock(client, lockOf(id)))) continue;
    try {
      await takeOver(id);
      await client.query('DELETE FROM mcp_crafter.executors WHERE id = $1', [id]);
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [`mcp-crafter ${lockOf(id)}`]);
    }
  }
}
