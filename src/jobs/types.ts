/** What a job's function gets: durable steps, progress and stopping. */
export interface JobContext {
  readonly id: string;
  /** Ends on cancel, also from another service, and when this service closes. */
  readonly signal: AbortSignal;
  /**
   * Runs once; after a crash its stored result (JSON) is used and it is not run again. What it throws is stored and
   * thrown again likewise, as a CrafterError. Rejects with CANCELLED in a job that was cancelled. Never settles
   * once the service is closing: the job goes on elsewhere or at the next start, so nothing may be recorded here.
   */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
}

export type JobState = 'queued' | 'running' | 'ended';

/** Durable jobs: survive kill -9 of the service and go on from their last finished step. */
export interface Jobs {
  /** Before `launch`. The function records its own outcome; what it throws only ends the job. `input` is stored as JSON: secrets only by reference. */
  register(name: string, run: (input: never, context: JobContext) => Promise<unknown>): void;
  /** Takes up what an earlier process left. */
  launch(): Promise<void>;
  /** Enqueues; the id makes it happen once. Jobs of the same `key` run one after the other. */
  start(name: string, id: string, input: unknown, options?: { readonly key?: string }): Promise<void>;
  /** False when there is no such job or it has ended. One that still waits in the queue never runs its function. */
  cancel(id: string): Promise<boolean>;
  /** `ended` covers success, failure and cancellation. */
  state(id: string): Promise<JobState | undefined>;
  /** Resolves when it ended, in whatever way, or is not known. Rejects with SERVICE_UNAVAILABLE on close. */
  ended(id: string): Promise<void>;
  /** Removes all that is stored of ended jobs; waits for those that are ending. */
  forget(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
