import type { ErrorCode, Problem } from '../errors.ts';
import type { ProgressEvent } from '../spec/index.ts';

/** What the service streams for one operation: events, then exactly one result or error; one JSON document a line. */
export type ServiceLine =
  | { readonly event: ProgressEvent }
  | { readonly log: string }
  | { readonly result: unknown }
  | { readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string; readonly problems: readonly Problem[] } };

/** Answer of `GET /health`. */
export interface ServiceHealth {
  readonly version: string;
  readonly pid: number;
  readonly startedAt: string;
}

/** Unix socket of the service, in a folder that only its user can open. A socket path holds 107 bytes. */
export function socketPath(stateFolder: string): string {
  return `${stateFolder}/run/service.sock`;
}

/** Names the process that is the service (util/process-mark.ts), from before it answers until it has ended. */
export function lockPath(stateFolder: string): string {
  return `${stateFolder}/run/service.pid`;
}
