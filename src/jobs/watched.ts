import pg from 'pg';
import { lockOf } from './reap.ts';

/**
 * When PostgreSQL gives up a session over TCP whose machine is gone or out of reach: after at most 14 seconds, not after the
 * two hours that are usual; over a unix socket these mean nothing. And the longest wait for the lock below. In seconds, the last
 * two in milliseconds.
 */
const settings = {
  tcp_keepalives_idle: '5',
  tcp_keepalives_interval: '3',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '14000',
  lock_timeout: '30000',
};
/** What this side waits for an answer, and for that of PostgreSQL about an earlier session of its own; in milliseconds. */
const answerMilliseconds = 10_000;
const givenUpMilliseconds = 35_000;

/**
 * A session that holds the lock of a service, and ends soon after the service cannot be reached any more. An earlier session
 * of the same service is waited for in PostgreSQL itself: whoever asked again and again would leave moments in which another
 * service gets the lock, and with it the jobs of one that lives. Indexes that somebody creates meanwhile (storage/locks.ts) wait as
 * long, which is 14 seconds as a rule; PostgreSQL ends the wait after 30, whether or not this side is still there.
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
