import { AsyncLocalStorage } from 'node:async_hooks';

/** DBOS's own object that looks for queued jobs at its intervals; its look is public there and bound to no context. */
export interface QueueRunner<Executor, Queue> {
  pollQueue(executor: Executor, queue: Queue): Promise<boolean>;
}

export interface PromptQueueOptions<Executor, Queue> {
  readonly queue: Queue;
  /** Undefined before the launch and after the end. */
  executor(): Executor | undefined;
  /** A look for queued jobs, in place of DBOS's own. */
  claim(executor: Executor): Promise<void>;
}

/**
 * Looks for queued jobs at once when there is reason to, so that the regular looks can be rare: a service that idles costs
 * next to nothing, and one whose clock was set back, which makes the regular looks wait that long, goes on working.
 * Looks take turns: two at once would take more jobs than there are places for.
 */
export function promptQueue<Executor, Queue>(
  runner: QueueRunner<Executor, Queue>,
  { queue, executor, claim }: PromptQueueOptions<Executor, Queue>,
): { look(): void } {
  const outside = AsyncLocalStorage.snapshot();
  const { pollQueue } = Object.getPrototypeOf(runner) as QueueRunner<Executor, Queue>;
  let turn: Promise<unknown> = Promise.resolve();
  let waits = false;
  // What fails, for want of the database, is tried again at the next look.
  const claimed = (asking: Executor): Promise<false> =>
    claim(asking).then(
      () => false as const,
      () => false as const,
    );
  runner.pollQueue = (asking, asked) => {
    const mine = turn.then(() => (asked === queue ? claimed(asking) : pollQueue.call(runner, asking, asked)));
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    look() {
      const asking = executor();
      if (waits || asking === undefined) return;
      waits = true;
      turn = turn.then(() => {
        waits = false;
        return outside(() => claimed(asking));
      });
    },
  };
}
