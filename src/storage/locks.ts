import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CrafterError } from '../errors.ts';

/**
 * Runs work while this process alone holds a named lock of the database. It asks again and again instead of
 * waiting in the server: a waiting statement would hold back others that create indexes.
 * @throws TIMEOUT when another process keeps the lock for two minutes.
 */
export async function withDatabaseLock<T>(
  connectionString: string,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 30_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const deadline = performance.now() + 120_000;
    while (!(await tryLock(client, name))) {
      if (performance.now() > deadline) {
        throw new CrafterError('TIMEOUT', 'Another mcp-crafter process keeps the database busy.', {
          hint: 'Stop other mcp-crafter services of this database, then try again.',
        });
      }
      await sleep(25);
    }
    return await work(client);
  } finally {
    // Ending the session gives the lock back.
    await client.end().catch(() => {});
  }
}

/** Takes a named lock for the session if it is free. */
export async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const sql = 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken';
  const { rows } = await client.query<{ taken: boolean }>(sql, [`mcp-crafter ${name}`]);
  return rows[0]?.taken === true;
}
