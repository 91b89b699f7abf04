/** What a tool's code receives beside its arguments. */
export interface ToolContext {
  /** One JSON line on stderr a call; standard output belongs to the protocol. */
  readonly log: Log;
  /** Ends when the client cancels or the call's time is up. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
  /** Tells the client how far long work has come. `total` may be unknown. */
  progress(done: number, total?: number, message?: string): void;
}

export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Part of the context for tools that read or write files. */
export interface FolderContext {
  readonly folders: Folders;
}

/**
 * The server's workspace and the folders its user granted; nothing else exists for a tool.
 * A relative path is looked up in the workspace first, then in each granted folder.
 * Every method throws ToolError for a path outside of these, also by way of a symbolic link.
 */
export interface Folders {
  /** Roots a tool may use, workspace first. */
  readonly roots: readonly { readonly name: string; readonly path: string; readonly writable: boolean }[];
  /** Absolute path of an existing file or folder that may be read. */
  toRead(path: string): Promise<string>;
  /** Absolute path to write to, in the workspace unless `path` names a writable granted folder; parents are made. */
  toWrite(path: string): Promise<string>;
  /** Text of a file, at most `maxBytes` (the server's input limit by default). */
  readText(path: string, maxBytes?: number): Promise<string>;
  /** Writes whole or not at all; returns the absolute path and the size in bytes. */
  writeText(path: string, text: string): Promise<{ path: string; bytes: number }>;
  /** Names of files below a folder, relative, sorted, at most `limit`. */
  list(path?: string, limit?: number): Promise<string[]>;
}

/** Part of the context for tools that call other systems. */
export interface FetchContext {
  /**
   * The standard fetch, with the server's limits: only granted hosts, the declared rate,
   * retries with backoff for failed requests that are safe to repeat (Retry-After obeyed), the call's signal.
   */
  readonly fetch: typeof fetch;
}

/** Part of the context for tools that need credentials. */
export interface SecretContext {
  /** Value of a declared environment variable. Throws ToolError naming the variable when it is not set. */
  secret(name: string): string;
}
