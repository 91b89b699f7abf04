import { pipeline } from 'node:stream/promises';
import { startServer } from '../runner/index.ts';
import type { ServerLaunch } from '../runner/index.ts';
import { openSandbox } from '../sandbox/index.ts';

/** What `get_run_launch` answers. */
export type RunLaunch = Omit<ServerLaunch, 'transport' | 'onLog' | 'signal'>;

/**
 * Starts a server in its sandbox and joins this process's standard input and output to it until either side ends.
 * @param launch what `get_run_launch` answered; it holds resolved secrets and is never shown.
 * @returns the exit code for this process.
 */
export async function runServer(stateFolder: string, launch: RunLaunch, signal: AbortSignal): Promise<number> {
  const sandbox = await openSandbox({ stateFolder });
  const server = await startServer(sandbox, {
    ...launch,
    transport: 'stdio',
    signal,
    onLog: (line) => process.stderr.write(`${line}\n`),
  });
  if (server.stdin === undefined || server.stdout === undefined) throw new TypeError('a stdio server has standard streams');
  const stop = (): void => void server.stop();
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  const output = pipeline(server.stdout, process.stdout, { end: false }).catch(stop);
  pipeline(process.stdin, server.stdin).catch(stop);
  const { code, signal: endedBy } = await server.exited;
  await output;
  return code ?? (endedBy === 'SIGTERM' ? 0 : 1);
}
