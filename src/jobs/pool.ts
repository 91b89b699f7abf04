import { Socket } from 'node:net';
import pg from 'pg';

/** How long a connection may be silent while it is asked something, in milliseconds: as long as a statement of the storage may take. */
export const silenceMilliseconds = 30_000;

/**
 * DBOS's connections. One that hears nothing any more breaks, and DBOS asks again on another one: it waits for ever else, and
 * ends the job over a statement that only took too long.
 */
export function openPool(connectionString: string, silence = silenceMilliseconds): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    // Well before it counts as silent.
    idleTimeoutMillis: Math.min(10_000, silence / 2),
    connectionTimeoutMillis: 30_000,
    stream: () => brokenBy(silence),
    // At its other end a transaction would hold its locks on, against the one that is begun in its place.
    onConnect: async (client) => void (await client.query(`SET idle_in_transaction_session_timeout = ${silence}`)),
  });
  pool.on('error', () => {});
  return pool;
}

/**
 * DBOS asks again when its connection is reset, refused or timed out, but knows neither a broken pipe nor a socket file
 * that is not there yet: with these it would end the job.
 */
function brokenBy(silence: number): Socket {
  const stream = new Socket().setTimeout(silence, () => {
    stream.destroy(Object.assign(new Error('The database has been silent for too long.'), { code: 'ETIMEDOUT' }));
  });
  return stream.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ENOENT') error.code = 'ECONNREFUSED';
  });
}
