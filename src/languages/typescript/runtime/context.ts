export type { FetchContext } from './fetch-context.ts';
export type { FolderContext, Folders, Root } from './folder-context.ts';
export type { SecretContext } from './secret-context.ts';

/** What a tool's code receives beside its arguments. */
export interface ToolContext {
  /** One JSON line on stderr a call; standard output belongs to the protocol. */
  readonly log: Log;
  /** Ends when the client cancels or the call's time is up. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
  /** Tells the client how far long work has come. `total` may be unknown. */
  progress(done: number, total?: number, message?: string): void;
  /** Value of a header of the HTTP request that carried the call; absent over stdio. */
  header?(name: string): string | undefined;
}

/** Called without a level it is `info`. */
export interface Log {
  (message: string, fields?: Record<string, unknown>): void;
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}
