import { readResult, send } from './connection.ts';
import type { ServiceLine } from './protocol.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Progress events and log lines, as they come. */
  onLine?(line: ServiceLine): void;
}

/** Runs an operation in the service of a state folder and gives its output. */
export async function callService(stateFolder: string, operation: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
  const answer = await send(stateFolder, 'POST', `/operations/${operation}`, input, options.signal);
  return readResult(answer, (line) => options.onLine?.(line));
}
