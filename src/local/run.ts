import { startServer } from '../runner/index.ts';
import type { ServerLaunch } from '../runner/index.ts';
import { openSandbox } from '../sandbox/index.ts';
import { createMask, plain } from '../util/index.ts';

/** What `get_run_launch` answers. */
export type RunLaunch = Omit<ServerLaunch, 'transport' | 'inheritStdio' | 'onLog' | 'signal'> & {
  readonly unsafe: boolean;
  /** Names of variables whose values must not be shown. */
  readonly secrets: readonly string[];
};

/**
 * Starts a server in its sandbox on this process's own standard input and output, until either side ends.
 * @param launch what `get_run_launch` answered; it holds resolved secrets and is never shown.
 * @param note tells the service that there is no sandbox here; nothing is started before it has heard.
 * @returns the exit code for this process.
 */
export async function runServer(
  stateFolder: string,
  launch: RunLaunch,
  signal: AbortSignal,
  note: () => Promise<unknown>,
): Promise<number> {
  const { unsafe, secrets, ...parts } = launch;
  const mask = createMask();
  for (const name of secrets) mask.add(name, parts.environment[name] ?? '');
  const sandbox = await openSandbox({ stateFolder, unsafe });
  if (sandbox.kind === 'none') await note();
  const server = await startServer(sandbox, {
    ...parts,
    // It works for who started it, as urgently as that one.
    limits: { ...parts.limits, niceness: 0 },
    transport: 'stdio',
    inheritStdio: true,
    signal,
    onLog: (line) => process.stderr.write(`${plain(mask.apply(line))}\n`),
  });
  const stop = (): void => void server.stop();
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  const { code, signal: endedBy } = await server.exited;
  return code ?? (endedBy === 'SIGTERM' ? 0 : 1);
}
