import type { Blueprint } from '../blueprint.ts';

/** What a server has exchanged with the outside since it was started. */
export interface Traffic {
  /** Requests and tunnels that were let through, and attempts that were refused. */
  readonly requests: number;
  readonly refused: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Requests by `host:port`. */
  readonly hosts: Readonly<Record<string, number>>;
}

/** A server that a target has started. */
export interface Instance {
  /** Unix socket or URL where it answers over HTTP, and the bearer token it wants. */
  readonly socketPath?: string;
  readonly url?: string;
  readonly token?: string;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null; readonly endedBy?: string }>;
  stop(graceMs?: number): Promise<unknown>;
  /** In bytes. */
  memory(): Promise<number>;
  /** Hosts it tried to reach without a grant, `host:port`. */
  refusedHosts(): readonly string[];
  /** Undefined where it has no way out, or nothing counts. */
  traffic?(): Traffic | undefined;
}

/** A verified server, ready to be put somewhere. */
export interface Deployable {
  readonly blueprint: Blueprint;
  /** Folder of the artifact; named by its content, never changed. */
  readonly bundle: string;
  /** Writable folder of its own. */
  readonly workspace: string;
  /** Secrets resolved: never shown or stored. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** One line of the server's log. */
  onLog(line: string): void;
}

/** A place where servers run. */
export interface Target {
  readonly name: string;
  readonly summary: string;
  /** @throws CrafterError SERVER_UNHEALTHY when it does not come up; GRANT_REFUSED when a grant cannot be kept. */
  start(server: Deployable): Promise<Instance>;
}

export function defineTarget(target: Target): Target {
  return target;
}
