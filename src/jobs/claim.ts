import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** What this needs of DBOS's executor. */
export interface Executor {
  readonly executorID: string;
  readonly systemDatabase: { countRunningWorkflowsForQueue(queue: string): number };
  /** Runs what was claimed under the owner's name; resolves when each has begun. */
  dispatchDequeuedWorkflows(ids: readonly string[], owner: string): Promise<void>;
}

export interface ClaimOptions {
  readonly queue: string;
  readonly schema: string;
  readonly version: string;
  /** How many jobs may run here at once. */
  readonly places: number;
}

/**
 * What jobs are ordered by: the transaction that queued them, which wrote their input and nothing since; their times are
 * the same within a millisecond, and go back with the clock.
 */
const turnOf = (job: string, schema: string): string =>
  `coalesce((SELECT -age(xmin) FROM ${schema}.workflow_input WHERE workflow_uuid = ${job}.workflow_uuid), -2147483648),
   ${job}.created_at, ${job}.workflow_uuid`;

/**
 * Takes the jobs that were queued first into the free places, one of a key at a time. DBOS's own look takes the first of
 * randomly chosen keys when there are more of them than places, so that of many the first ones might come last.
 * @returns one look; they take turns.
 */
export function claimFirst(pool: Pool, options: ClaimOptions): (executor: Executor) => Promise<void> {
  // The same until the database has answered: what was taken when its answer was lost comes with the next one.
  let owner = randomUUID();
  return async (executor) => {
    const free = options.places - executor.systemDatabase.countRunningWorkflowsForQueue(options.queue);
    if (free <= 0) return;
    const claimed = await claim(pool, options, { free, owner, executor: executor.executorID });
    const mine = owner;
    owner = randomUUID();
    if (claimed.length > 0) await executor.dispatchDequeuedWorkflows(claimed, mine);
  };
}

interface Claim {
  readonly free: number;
  readonly owner: string;
  readonly executor: string;
}

async function claim(
  pool: Pool,
  { queue, schema, version }: ClaimOptions,
  { free, owner, executor }: Claim,
): Promise<string[]> {
  // Who is skipped as locked is being taken by another service; those behind it of the same key are no first ones.
  const sql = `
    WITH earlier AS MATERIALIZED (
      SELECT workflow_uuid, created_at FROM ${schema}.workflow_status
      WHERE queue_name = $1 AND status = 'PENDING' AND owner_xid = $5), first AS MATERIALIZED (
      SELECT workflow_uuid FROM ${schema}.workflow_status AS job
      WHERE queue_name = $1 AND status = 'ENQUEUED' AND coalesce(application_version, $4) = $4
        AND NOT EXISTS (
          SELECT FROM ${schema}.workflow_status AS other
          WHERE other.queue_name = $1 AND other.queue_partition_key = job.queue_partition_key AND (other.status = 'PENDING'
            OR other.status = 'ENQUEUED' AND (${turnOf('other', schema)}) < (${turnOf('job', schema)})))
      ORDER BY ${turnOf('job', schema)} LIMIT greatest($2 - (SELECT count(*) FROM earlier), 0)
      FOR UPDATE SKIP LOCKED), claimed AS (
    UPDATE ${schema}.workflow_status AS job
    SET status = 'PENDING', executor_id = $3, application_version = $4, owner_xid = $5,
      recovery_attempts = recovery_attempts + 1, started_at_epoch_ms = milliseconds, updated_at = milliseconds
    FROM first, (SELECT (extract(epoch FROM now()) * 1000)::bigint AS milliseconds) AS clock
    WHERE job.workflow_uuid = first.workflow_uuid AND job.status = 'ENQUEUED'
    RETURNING job.workflow_uuid, job.created_at)
    SELECT workflow_uuid AS id FROM (TABLE earlier UNION ALL TABLE claimed) AS taken ORDER BY ${turnOf('taken', schema)}`;
  const { rows } = await pool.query<{ id: string }>(sql, [queue, free, executor, version, owner]);
  return rows.map(({ id }) => id);
}
