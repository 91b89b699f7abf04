import pg from 'pg';
import { tryLock } from '../storage/index.ts';

/** A service that was not heard of since the database started may still be on its way back to it, this long. */
const grace = '15 seconds';

export const lockOf = (id: string): string => `executor ${id}`;

export async function reapDead(
  client: pg.Client,
  own: string,
  takeOver: (dead: string) => Promise<void>,
): Promise<void> {
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
