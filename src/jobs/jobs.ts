import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import type { Storage } from '../storage/index.ts';
import { newId } from '../util/index.ts';
import { openEngine } from './dbos.ts';
import { joinExecutors } from './executors.ts';
import { placesOn, thisMachine } from './places.ts';
import { cancelledError, createRunningJob, forever, leaveTaken, type RunningJob } from './run.ts';
import type { JobContext, Jobs } from './types.ts';

export interface JobsConfig {
  readonly storage: Pick<Storage, 'connectionString'>;
  /** Name of this run of the service; each start has its own. */
  readonly executorId?: string;
  /** How many jobs run at once; what the machine bears, when left out. */
  readonly places?: number;
  /** Id of the service that this is a run of. */
  readonly service?: string;
}

/** How long closing waits for steps that were told to stop, in milliseconds. */
const patience = 10_000;

/** Durable jobs on the storage's database; one at a time in a process. Close it before the storage. */
export async function openJobs({
  storage,
  executorId = newId('executor'),
  places,
  service,
}: JobsConfig): Promise<Jobs> {
  const engine = await openEngine(storage.connectionString, places ?? placesOn(thisMachine()));
  const running = new Map<string, RunningJob>();
  const closing = new AbortController();
  let executors: Awaited<ReturnType<typeof joinExecutors>> | undefined;

  async function execute(id: string, work: (context: JobContext) => Promise<unknown>): Promise<void> {
    // Taken from this service while the database could not be reached, and come back to it.
    await running.get(id)?.leave();
    const job = createRunningJob(id, engine, closing.signal);
    running.set(id, job);
    try {
      await Promise.race([work(job.context), job.left]);
    } finally {
      if (running.get(id) === job) running.delete(id);
      if (closing.signal.aborted) await forever();
    }
  }

  function onBeat(): void {
    engine.look();
    // Another service may have taken over what this one ran while it could not be reached. Asked again at the next beat.
    leaveTaken(running, engine.taken).catch(() => {});
  }

  async function ended(id: string): Promise<void> {
    for (let pause = 25; ; pause = Math.min(pause * 1.5, 1000)) {
      if (closing.signal.aborted) throw closed();
      if (!running.has(id)) {
        const state = await engine.state(id);
        if (state === undefined || state === 'ended') return;
      }
      await sleep(pause);
    }
  }

  return {
    register: (name, run) =>
      engine.register(name, (id, input) => execute(id, (context) => run(input as never, context))),
    async launch() {
      executors = await joinExecutors(
        storage.connectionString,
        { id: executorId, service },
        engine.takeOver,
        onBeat,
      );
      await engine.launch(executorId);
      await executors.reap();
    },
    async start(name, id, input, options = {}) {
      if (closing.signal.aborted) throw closed();
      await engine.enqueue(name, id, input, options.key ?? id);
    },
    async cancel(id) {
      const state = await engine.state(id);
      if (state === undefined || state === 'ended') return false;
      await engine.cancel(id);
      running.get(id)?.stop(cancelledError(id));
      return true;
    },
    state: (id) => engine.state(id),
    ended,
    async forget(ids) {
      for (const id of ids) await ended(id);
      await engine.forget(ids);
    },
    async close() {
      if (closing.signal.aborted) return;
      closing.abort();
      for (const job of running.values()) job.stop(closed());
      // Being asked to stop says nothing against a job.
      await Promise.allSettled([...running.keys()].map((id) => engine.progressed(id)));
      const steps = [...running.values()].flatMap((job) => [...job.steps]);
      await Promise.race([Promise.allSettled(steps), sleep(patience, undefined, { ref: false })]);
      await executors?.close();
      await engine.shutdown();
    },
  };
}

function closed(): CrafterError {
  return new CrafterError('SERVICE_UNAVAILABLE', 'The service is closing.', {
    hint: 'Try again: the next command starts it, and its jobs go on.',
  });
}
