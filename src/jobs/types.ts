/** What a job's function gets: durable steps, progress and stopping. */
export interface JobContext {
  readonly id: string;
  readonly signal: AbortSignal;
  /** Runs once; after a crash its stored result (JSON) is used and it is not run again. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** Durable jobs: survive kill -9 of the service and go on from their last finished step. */
export interface Jobs {
  /** Before `launch`. `input` is stored as JSON: secrets only by reference. */
  register(name: string, run: (input: never, context: JobContext) => Promise<unknown>): void;
  /** Takes up what an earlier process left. */
  launch(): Promise<void>;
  /** Enqueues; the id makes it happen once. Jobs of the same `key` run one after the other. */
  start(name: string, id: string, input: unknown, options?: { readonly key?: string }): Promise<void>;
  cancel(id: string): Promise<boolean>;
  /** Resolves when it ended, in whatever way. */
  ended(id: string): Promise<void>;
  close(): Promise<void>;
}
