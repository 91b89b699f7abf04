import { AsyncLocalStorage } from 'node:async_hooks';
import { withDatabaseLock } from '../storage/index.ts';
import { claimFirst, type Executor } from './claim.ts';
import { openPool } from './pool.ts';
import { promptQueue } from './prompt-queue.ts';
import type { JobState } from './types.ts';

/** What the rest of `jobs` uses of DBOS; nothing else imports it. */
export interface DurableSteps {
  step<T>(name: string, run: (cancelled?: AbortSignal) => Promise<T>): Promise<T>;
  /** What an error of `step` means: the job was cancelled, or another service runs it now. */
  kindOf(id: string, error: unknown): Promise<'cancelled' | 'taken' | 'other'>;
  /** How often the job was begun since `progressed` was told last, this time included. */
  attempts(id: string): Promise<number>;
  progressed(id: string): Promise<void>;
}

/** Of DBOS's logger: what sends telemetry. */
interface Telling {
  readonly telemetryCollector: { destroy(): Promise<void> };
}

export interface Engine extends DurableSteps {
  register(name: string, run: (id: string, input: unknown) => Promise<void>): void;
  launch(executor: string): Promise<void>;
  /** Looks for queued jobs now. */
  look(): void;
  enqueue(name: string, id: string, input: unknown, key: string): Promise<void>;
  cancel(id: string): Promise<void>;
  state(id: string): Promise<JobState | undefined>;
  /** Those of the jobs that this service runs no more: another one has begun them anew, or is about to. */
  taken(ids: readonly string[]): Promise<readonly string[]>;
  forget(ids: readonly string[]): Promise<void>;
  /** Puts what a dead executor was running back into the queue. */
  takeOver(executor: string): Promise<void>;
  shutdown(): Promise<void>;
}

const queue = 'jobs';
/** Of the stored format of steps: all versions of mcp-crafter take up each other's jobs. */
const applicationVersion = '1';
/** How long ended jobs stay in the database; the build record is what lasts. */
const retentionDays = 7;
/** How often DBOS looks for work of its own accord, in milliseconds: what matters here looks at each beat (executors.ts). */
const quietMilliseconds = 60_000;
/** After a job's end, until DBOS has noted it and its place is free. */
const noteMilliseconds = 50;

/**
 * Loads DBOS. It keeps its state in its module: one engine a process at a time.
 * @param places How many jobs may run here at once: known to this process alone, each service has its own.
 * @param silence How long the database may be silent on a connection (pool.ts), in milliseconds.
 */
export async function openEngine(connectionString: string, places: number, silence?: number): Promise<Engine> {
  const { DBOS, Error: errors } = await import('@dbos-inc/dbos-sdk');
  const { registerInternalQueue } = await import('@dbos-inc/dbos-sdk/eventreceiver');
  const [{ DBOSExecutor }, { wfQueueRunner }, { workflowTimeoutConfig }] = await Promise.all([
    import('@dbos-inc/dbos-sdk/internal/dbos-executor'),
    import('@dbos-inc/dbos-sdk/internal/wfqueue'),
    import('@dbos-inc/dbos-sdk/internal/workflow_management'),
  ]);
  // Queues made at run time, delayed jobs, jobs with a deadline and of DBOS's own, which it asks for every second: there are none.
  workflowTimeoutConfig.pollingIntervalMs = quietMilliseconds;
  const intervals = wfQueueRunner.constructor as unknown as Record<string, number>;
  for (const name of ['reconcileIntervalMs', 'transitionIntervalMs', 'defaultMinPollingIntervalMs'])
    intervals[name] = quietMilliseconds;
  // What a job's function asks of DBOS about jobs would count as a step of that job, were it asked inside of it.
  const outside = AsyncLocalStorage.snapshot();
  type Workflow = (input: unknown) => Promise<void>;
  const workflows = new Map<string, Workflow>();
  const pool = openPool(connectionString, silence);
  let queued: Promise<unknown> = Promise.resolve();
  const jobs = registerInternalQueue(queue, { partitionConcurrency: 1, minPollingIntervalMs: quietMilliseconds });

  let launched = false;
  const statusTable = `${quiet.systemDatabaseSchemaName}.workflow_status`;
  const claiming = { queue, schema: quiet.systemDatabaseSchemaName, version: applicationVersion, places };
  const prompt = promptQueue<Executor, unknown>(wfQueueRunner as never, {
    queue: jobs,
    executor: () => (launched ? DBOSExecutor.globalInstance : undefined),
    claim: claimFirst(pool, claiming),
  });

  async function launch(executorID: string): Promise<void> {
    const config = { ...quiet, name: 'mcp-crafter', applicationVersion, executorID };
    DBOS.setConfig({ ...config, systemDatabaseUrl: connectionString, systemDatabasePool: pool });
    // Several launches at once on an empty database break each other's migrations.
    await withDatabaseLock(connectionString, 'launch', () => DBOS.launch());
    // Ten times a second it would look for telemetry, which is off.
    await (DBOSExecutor.globalInstance?.logger as unknown as Telling | undefined)?.telemetryCollector.destroy();
    launched = true;
    prompt.look();
    await forgetOld();
  }

  async function forgetOld(): Promise<void> {
    const completedBefore = new Date(Date.now() - retentionDays * 86_400_000).toISOString();
    const old = await DBOS.listWorkflows({ completedBefore, limit: 1000, loadInput: false, loadOutput: false });
    await forget(old.map((workflow) => workflow.workflowID));
  }

  async function forget(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await outside(() => DBOS.deleteWorkflows([...ids]));
  }

  async function find(id: string) {
    const wanted = { workflowIDs: [id], loadInput: false, loadOutput: false };
    return (await outside(() => DBOS.listWorkflows(wanted)))[0];
  }

  async function state(id: string): Promise<JobState | undefined> {
    const status = (await find(id))?.status;
    if (status === undefined) return undefined;
    if (status === 'PENDING') return 'running';
    return status === 'ENQUEUED' || status === 'DELAYED' ? 'queued' : 'ended';
  }

  return {
    launch,
    state,
    forget,
    look: prompt.look,
    step: (name, run) => DBOS.runStep(() => run(DBOS.stepStatus?.cancelSignal), { name }),
    async kindOf(id, error) {
      if (error instanceof errors.DBOSWorkflowCancelledError) return 'cancelled';
      if (!(error instanceof errors.DBOSWorkflowConflictError)) return 'other';
      // Cancelling takes a job from whoever runs it, just as another service does.
      return (await find(id))?.status === 'CANCELLED' ? 'cancelled' : 'taken';
    },
    attempts: async (id) => (await find(id))?.recoveryAttempts ?? 1,
    async progressed(id) {
      await pool.query(`UPDATE ${statusTable} SET recovery_attempts = 0 WHERE workflow_uuid = $1`, [id]);
    },
    async taken(ids) {
      const sql = `SELECT workflow_uuid AS id FROM ${statusTable}
        WHERE workflow_uuid = ANY($1) AND (executor_id <> $2 OR status = 'ENQUEUED')`;
      const { rows } = await pool.query<{ id: string }>(sql, [ids, DBOSExecutor.globalInstance?.executorID]);
      return rows.map(({ id }) => id);
    },
    register(name, run) {
      const workflow: Workflow = (input) =>
        run(DBOS.workflowID ?? '', input).finally(() => void setTimeout(prompt.look, noteMilliseconds).unref());
      // Attempts are counted from the last finished step, not for the whole job: see run.ts.
      workflows.set(name, DBOS.registerWorkflow(workflow, { name, maxRecoveryAttempts: Number.MAX_SAFE_INTEGER - 1 }));
    },
    async enqueue(name, id, input, key) {
      const workflow = workflows.get(name);
      if (!workflow) throw new Error(`No job named ${name} was registered.`);
      const options = { workflowID: id, queueName: queue, enqueueOptions: { queuePartitionKey: key } };
      // One after the other: at once, each on a connection of its own, they would overtake each other.
      const started = queued.then(() => outside(() => DBOS.startWorkflow(workflow, options)(input)));
      queued = started.catch(() => undefined);
      await started;
      prompt.look();
    },
    cancel: (id) => outside(() => DBOS.cancelWorkflow(id)),
    async takeOver(executor) {
      if (!launched) throw new Error('The jobs have not been launched yet.');
      await DBOSExecutor.globalInstance?.recoverPendingWorkflows([executor]);
      prompt.look();
    },
    async shutdown() {
      launched = false;
      await DBOS.shutdown({ deregister: true });
      await pool.end();
    },
  };
}

const silent = (): void => {};
const quiet = {
  logger: { info: silent, debug: silent, warn: silent, error: silent },
  enableOTLP: false,
  tracingEnabled: false,
  // Nobody waits for messages between jobs; without it no connection is kept for listening.
  useListenNotify: false,
  schedulerPollingIntervalMs: quietMilliseconds,
  systemDatabaseSchemaName: 'mcp_crafter_jobs',
};
