// Must stand before anything that loads drizzle, which is why the queries are imported later.
import './drizzle-hook.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { CrafterError, toCrafterError } from '../errors.ts';

export interface Database {
  /**
   * Runs queries. Where the database is ours, one that is not there or goes away meanwhile is started again, and asked
   * again: so queries must be such that they can be made twice.
   */
  run<T>(work: (db: NodePgDatabase) => Promise<T>): Promise<T>;
  /** Ends the connections, and the attempts to start the database again. May be asked twice. */
  close(): Promise<void>;
}

/** Connecting failed: nothing was executed, so it can be tried again. */
const notReached = new Set(['ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT', '57P03']);
/** The connection went while in use. */
const broken = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '08006', '08003']);
/** The server refuses us as we are. */
const refused = new Set(['28000', '28P01', '3D000', '53300']);
/** Words of pg for a connection or a statement that nobody answers. */
const unanswered = /timeout exceeded|timeout expired|read timeout/i;
/** The own database may die again while it is asked again. */
const mostRetries = 3;

/** How long a statement may take. */
const answerMilliseconds = 30_000;

export async function openDatabase(connectionString: string, restart?: () => Promise<void>): Promise<Database> {
  // One connection stays open: by it others see that the database is in use.
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    min: 1,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: 30_000,
    // Longer than any statement of ours needs: one that is not answered at all must not hold its caller for ever.
    query_timeout: answerMilliseconds,
  });
  // A connection that breaks while idle leaves the pool by itself. One is always open: it tells when the database dies.
  const closing = new AbortController();
  const revive = restart && reviver(pool, restart, closing.signal);
  pool.on('error', () => void revive?.());
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const db = drizzle(pool);
  await pool.query('SELECT 1');
  return {
    async close() {
      closing.abort();
      if (!pool.ending) await pool.end();
    },
    async run(work) {
      for (let retries = restart ? mostRetries : 0; ; retries--) {
        try {
          return await work(db);
        } catch (error) {
          if (retries === 0 || !isGone(error)) throw toStorageError(error);
        }
        await restart?.().catch((error: unknown) => {
          void revive?.();
          throw error;
        });
      }
    },
  };
}

/** Starts the database until it answers again: jobs wait for it, and none of them starts it. */
function reviver(pool: pg.Pool, restart: () => Promise<void>, closing: AbortSignal): () => Promise<void> {
  const revive = async (): Promise<void> => {
    for (let pause = 250; !closing.aborted; pause = Math.min(pause * 2, 10_000)) {
      try {
        await restart();
        await pool.query('SELECT 1');
        return;
      } catch {
        await sleep(pause, undefined, { ref: false, signal: closing }).catch(() => undefined);
      }
    }
  };
  let reviving: Promise<void> | undefined;
  return () => (reviving ??= revive().finally(() => (reviving = undefined)));
}

const isGone = (error: unknown): boolean =>
  notReached.has(codeOf(error)) || broken.has(codeOf(error)) || /terminated/i.test(rootOf(error).message);

/** Never passes on drizzle's own message: it holds the statement with its values. */
export function toStorageError(thrown: unknown): CrafterError {
  if (thrown instanceof CrafterError) return thrown;
  const cause = rootOf(thrown);
  const code = codeOf(thrown);
  const silent = unanswered.test(cause.message);
  if (isGone(thrown) || refused.has(code) || silent) {
    const why = silent ? `no answer in time (${cause.message})` : cause.message || code;
    return new CrafterError('DATABASE_UNAVAILABLE', `The database cannot be used: ${why}.`, {
      hint: 'Run `mcp-crafter doctor`; with DATABASE_URL set, check that its server runs and lets us in.',
      cause,
    });
  }
  return toCrafterError(cause);
}

function rootOf(thrown: unknown): Error {
  let at = thrown instanceof Error ? thrown : new Error(String(thrown));
  while (at.cause instanceof Error) at = at.cause;
  return at instanceof AggregateError && at.errors[0] instanceof Error ? at.errors[0] : at;
}

const codeOf = (thrown: unknown): string => (rootOf(thrown) as NodeJS.ErrnoException).code ?? '';
