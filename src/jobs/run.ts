import { CrafterError, toCrafterError, type ErrorCode } from '../errors.ts';
import type { DurableSteps } from './dbos.ts';
import { patiently } from './patience.ts';
import type { JobContext } from './types.ts';

/** One job while it runs in this process. */
export interface RunningJob {
  readonly context: JobContext;
  /** Ends the signal. */
  stop(reason: CrafterError): void;
  /** The job's own promises that are under way: what closing waits for. */
  readonly steps: ReadonlySet<Promise<unknown>>;
  /** Rejects when another run has taken the job's place; this one then counts for nothing. */
  readonly left: Promise<never>;
  /** Ends the signal, records nothing and begins no step from now on; resolves when no step works any more. */
  leave(): Promise<void>;
}

/** Leaves those runs of which `askTaken` says that another one has begun; not those that begin here while it is asked. */
export async function leaveTaken(
  running: ReadonlyMap<string, RunningJob>,
  askTaken: (ids: readonly string[]) => Promise<readonly string[]>,
): Promise<void> {
  if (running.size === 0) return;
  const asked = new Map(running);
  for (const id of await askTaken([...asked.keys()])) void asked.get(id)?.leave();
}

/**
 * A job whose service ended this often with no step finished in between is given up: the step may be what ends it.
 * A job that goes on step by step outlives any number of ends.
 */
const mostAttempts = 20;

type Outcome = { readonly value: unknown } | { readonly error: ReturnType<CrafterError['toJSON']> };

/** Never settles: whoever waits for it is given up on, and recorded nowhere. */
export const forever = (): Promise<never> => new Promise(() => {});

export function createRunningJob(id: string, durable: DurableSteps, closing: AbortSignal): RunningJob {
  const controller = new AbortController();
  const steps = new Set<Promise<unknown>>();
  let progressed = false;
  let over = false;
  const { promise: left, reject: giveUp } = Promise.withResolvers<never>();
  left.catch(() => {});
  const attempts = durable.attempts(id).catch(() => 1);

  async function refuseHopeless(name: string): Promise<void> {
    if (!progressed && (await attempts) > mostAttempts) throw givenUp(id, name);
  }

  async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
    let thrown: unknown;
    let ran = false;
    const attempt = async (cancelled?: AbortSignal): Promise<Outcome> => {
      cancelled?.addEventListener('abort', () => controller.abort(cancelledError(id)), { once: true });
      const work = refuseHopeless(name).then(() => {
        // Told to stop between two steps, or while the attempts were counted: then it does not begin.
        controller.signal.throwIfAborted();
        return patiently(async () => run(), controller.signal);
      });
      steps.add(work);
      const outcome: Outcome = await work.then(
        (value) => ({ value }),
        (error: unknown) => ({ error: toCrafterError((thrown = error)).toJSON() }),
      );
      steps.delete(work);
      if (closing.aborted || over) return forever();
      ran = true;
      return outcome;
    };
    const outcome = await durable.step<Outcome>(name, attempt).catch(async (error: unknown): Promise<never> => {
      if (closing.aborted || over) return forever();
      const kind = await durable.kindOf(id, error);
      if (kind === 'other') throw error;
      controller.abort(cancelledError(id));
      if (kind === 'cancelled') throw cancelledError(id);
      giveUp(error);
      return forever();
    });
    if (ran) {
      progressed = true;
      // Lost, it only makes the count stricter.
      await durable.progressed(id).catch(() => {});
    }
    if (over) return forever();
    if ('value' in outcome) return outcome.value as T;
    if (controller.signal.aborted) throw cancelledError(id);
    throw thrown instanceof CrafterError ? thrown : revive(outcome.error);
  }

  const stop = (reason: CrafterError): void => controller.abort(reason);
  async function leave(): Promise<void> {
    over = true;
    const elsewhere = new CrafterError('CONFLICT', `${id} is run elsewhere now.`, { hint: 'Wait for it there.' });
    controller.abort(elsewhere);
    giveUp(elsewhere);
    await Promise.allSettled(steps);
  }

  return { context: { id, signal: controller.signal, step }, stop, steps, left, leave };
}

export function cancelledError(id: string): CrafterError {
  return new CrafterError('CANCELLED', `${id} was cancelled.`, { hint: 'Start it again if that was not meant.' });
}

function givenUp(id: string, step: string): CrafterError {
  return new CrafterError('INTERNAL', `${id} was given up: the service ended ${mostAttempts} times during "${step}".`, {
    hint: 'The log of the service (logs/_service.log in the state folder) may say why; then start it again.',
  });
}

function revive({ code, message, hint, problems }: ReturnType<CrafterError['toJSON']>): CrafterError {
  return new CrafterError(code satisfies ErrorCode, message, { hint, problems });
}
