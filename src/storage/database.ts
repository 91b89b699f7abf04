// Must stand before anything that loads drizzle, which is why the queries are imported later.
import './drizzle-hook.ts';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { CrafterError, toCrafterError } from '../errors.ts';

export interface Database {
  /** Runs queries; a database that is not there is started once more, if it is ours, and then asked again. */
  run<T>(work: (db: NodePgDatabase) => Promise<T>): Promise<T>;
  pool: pg.Pool;
}

/** Connecting failed: nothing was executed, so it can be tried again. */
const notReached = new Set(['ECONNREFUSED', 'ENOENT', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT', '57P03']);
/** The connection went while in use, or the server refuses us as we are. */
const lost = new Set(['ECONNRESET', 'EPIPE', '57P01', '57P02', '08006', '08003', '28000', '28P01', '3D000', '53300']);

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
  // A connection that breaks while idle leaves the pool by itself.
  pool.on('error', () => {});
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const db = drizzle(pool);
  await pool.query('SELECT 1');
  return {
    pool,
    async run(work) {
      try {
        return await work(db);
      } catch (error) {
        if (!restart || !notReached.has(codeOf(error))) throw toStorageError(error);
      }
      await restart();
      return work(db).catch((error: unknown) => {
        throw toStorageError(error);
      });
    },
  };
}

/** Never passes on drizzle's own message: it holds the statement with its values. */
export function toStorageError(thrown: unknown): CrafterError {
  if (thrown instanceof CrafterError) return thrown;
  const cause = rootOf(thrown);
  const code = codeOf(thrown);
  if (notReached.has(code) || lost.has(code) || /terminated|timeout exceeded|read timeout/i.test(cause.message)) {
    return new CrafterError('DATABASE_UNAVAILABLE', `The database cannot be used: ${cause.message || code}.`, {
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
