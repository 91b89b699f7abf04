import { Writable } from 'node:stream';
import { ToolError } from './errors.ts';
import { log } from './logging.ts';

/** What the server keeps for itself once tools can no longer reach it. */
export interface Guarded {
  /** The real standard output: the protocol's alone. */
  readonly stdout: Writable;
  /** Ends the process. */
  exit(code: number): void;
}

/**
 * Keeps tool code from breaking the server: what it prints becomes log lines, an attempt to end the process
 * becomes the call's error, and a failure outside of any call is logged instead of killing the server.
 */
export function guardProcess(): Guarded {
  const { stdout } = process;
  const exit = process.exit.bind(process);
  // The console binds to process.stdout on its first use, so it follows.
  Object.defineProperty(process, 'stdout', { value: new Writable({ decodeStrings: false, write: logPrinted }) });
  process.exit = refuseExit;
  // Where nobody reads the log it is lost; an error of its own would be logged again, without end.
  process.stderr.on('error', () => undefined);
  process.on('uncaughtException', (error) => log.error('failure outside of a call', { error: messageOf(error) }));
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { error: messageOf(reason) }));
  return { stdout, exit };
}

function logPrinted(chunk: string | Uint8Array, _encoding: unknown, done: () => void): void {
  const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
  if (text.trim() !== '') log.info(text.trimEnd(), { source: 'stdout' });
  done();
}

function refuseExit(): never {
  log.error('a tool called process.exit(); the server goes on');
  throw new ToolError(
    'The tool tried to end the server with process.exit().',
    'Change the tool to return or throw instead.',
  );
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
