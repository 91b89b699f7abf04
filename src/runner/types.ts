import type { ExitInfo, Mount, SandboxLimits } from '../sandbox/index.ts';
import type { Grants, Traffic } from '../spec/index.ts';
import type { Readable, Writable } from 'node:stream';

/** A server to start: its bundle, what it may reach, and its environment with secrets resolved. */
export interface ServerLaunch {
  readonly name: string;
  /** Command inside the sandbox. */
  readonly command: readonly string[];
  /** Usually the bundle at /app, read-only. */
  readonly mounts: readonly Mount[];
  readonly transport: 'stdio' | 'http';
  /** Host folder seen by the server as its workspace, at the same path inside. */
  readonly workspace: string;
  readonly workspaceAccess?: 'read' | 'write';
  readonly grants: Grants;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits?: SandboxLimits;
  /** Loopback port to listen on beside the unix socket; 0 for any free one. Absent: unix socket only. */
  readonly port?: number;
  /** Host folder for the server's unix socket. */
  readonly runFolder: string;
  /** Ends the server whenever it aborts. */
  readonly signal?: AbortSignal;
  /** stdio only: the server reads and writes this process's own stdin and stdout, without a copy between. */
  readonly inheritStdio?: boolean;
  /** Longest time an HTTP server may take until it answers; default 20 000. */
  readonly readyMs?: number;
  /**
   * One line of the server's stderr, cut at 16 000 characters, that passes for nobody else's; or of what the runner says of
   * it. It may hold secrets.
   */
  onLog?(line: string): void;
}

export interface RunningServer {
  readonly transport: 'stdio' | 'http';
  /** stdio only. */
  readonly stdin?: Writable;
  readonly stdout?: Readable;
  /** http only: where the host reaches it, with the bearer token it was given. */
  readonly socketPath?: string;
  readonly url?: string;
  readonly token?: string;
  readonly exited: Promise<ExitInfo>;
  /** Hosts refused by the egress proxy so far, `host:port`. */
  readonly refusedHosts: () => readonly string[];
  /** What went through the egress proxy; undefined where it has none. */
  readonly traffic: () => Traffic | undefined;
  stop(graceMs?: number): Promise<ExitInfo>;
  memory(): Promise<number>;
}
