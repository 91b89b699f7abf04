import pg from 'pg';
import { lockOf } from './reap.ts';

/**
 * When PostgreSQL gives up a session over TCP whose machine is gone or out of reach: after at most 14 seconds, not after the
 * two hours that are usual. In seconds, the last in milliseconds; over a unix socket they mean nothing.
 */
const settings = {
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '3',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '14000',
};
/** What this side waits for an answer, and for an earlier session of its own to be given up; in milliseconds. */
const answerMilliseconds = 10_000;
const givenUpMilliseconds = 30_000;

/**
 * A session that holds the lock of a service, and ends soon after the service cannot be reached any more. An earlier session
 * of the same service is waited for: nobody else gets the lock in between.
 */
export async function openWatched(connectionString: string, id: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: answerMilliseconds,
    query_timeout: answerMilliseconds,
    keepAlive: true,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    for (const [name, value] of Object.entries(settings))
      await client.query('SELECT set_config($1, $2, false)', [name, value]);
    const text = 'SELECT pg_advisory_lock(hashtextextended($1, 0))';
    const values = [`mcp-crafter ${lockOf(id)}`];
    await client.query({ text, values, query_timeout: givenUpMilliseconds } as pg.QueryConfig);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}
