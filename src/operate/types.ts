import type { McpConnection } from '../client/index.ts';
import type { Instance, Traffic } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';

export interface FleetState {
  readonly status: 'running' | 'stopped' | 'unhealthy';
  /** Where it answers on loopback. The same for as long as it is started, whatever instance stands behind it. */
  readonly url?: string;
  readonly token?: string;
  /** How often it was restarted since it was started. */
  readonly restarts: number;
  /** What its instances exchanged with the outside since it was made; absent where it has no way out. */
  readonly traffic?: Traffic;
  /** Why it is not healthy. */
  readonly problem?: string;
}

/** Starts an instance of a server that is healthy to the target's knowledge. */
export type Launch = (record: ServerRecord) => Promise<Instance>;

/** Log files of servers: bounded, secrets masked. */
export interface LogBook {
  /** Absolute path of a server's log. */
  path(name: string): string;
  /** A line of a server, as the runner tells it, or what mcp-crafter itself says of one. */
  append(name: string, line: string): void;
  /** The newest lines, oldest first. */
  read(name: string, lines: number): Promise<readonly string[]>;
  /** Hands on new lines until the signal ends. */
  follow(name: string, signal: AbortSignal, onLine: (line: string) => void): Promise<void>;
  remove(name: string): Promise<void>;
  /** Takes some lines out of a log; it is gone with its last one. */
  forget(name: string, which: (line: string) => boolean): void;
}

/** The servers that run, and their supervision. Operations on one server happen one after the other. */
export interface Fleet {
  readonly logs: LogBook;
  /**
   * Starts a server and keeps it running; a running one of the same artifact stays as it is.
   * `ask`: one that another service runs is moved here.
   * @throws CrafterError PORT_TAKEN, SERVER_UNHEALTHY, GRANT_REFUSED; CONFLICT when another service runs it.
   */
  start(record: ServerRecord, options?: { readonly ask?: boolean }): Promise<FleetState>;
  /** Like start, for a server that ran before: one that does not come up is tried again and again. */
  resume(record: ServerRecord): Promise<FleetState>;
  /** Puts a new version behind the same address once it is healthy; on failure the old one goes on and the error is thrown. */
  replace(record: ServerRecord): Promise<FleetState>;
  /** Ends it and starts it again, at the same address. */
  restart(record: ServerRecord): Promise<FleetState>;
  /** Stops it, also where another service runs it. @throws CrafterError CONFLICT when that one does not let go. */
  stop(name: string): Promise<void>;
  /** Ends it for the sake of another service. */
  yield(name: string): Promise<void>;
  /** Names of the servers that this service runs. */
  running(): readonly string[];
  /** Labels of the other services of the database, by the names of the servers that they run. */
  elsewhere(): Promise<ReadonlyMap<string, string>>;
  state(name: string): FleetState;
  /** A shared connection to the running server; undefined when it is not running. */
  connection(name: string): Promise<McpConnection | undefined>;
  close(): Promise<void>;
}
