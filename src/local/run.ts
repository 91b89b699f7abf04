import { CrafterError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { startServer } from '../runner/index.ts';
import type { RunningServer, ServerLaunch } from '../runner/index.ts';
import { openSandbox } from '../sandbox/index.ts';
import { createMask, plain } from '../util/index.ts';

/** What `get_run_launch` answers. */
export type RunLaunch = Omit<ServerLaunch, 'transport' | 'inheritStdio' | 'onLog' | 'signal'> & {
  readonly unsafe: boolean;
  /** Names of variables whose values must not be shown. */
  readonly secrets: readonly string[];
  readonly made: string;
};

/** Why a run has to end. */
export interface RunEnd {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What a run has to do with the service. */
export interface RunService {
  /** Tells it that there is no sandbox here; nothing is started before it has heard. */
  note(): Promise<unknown>;
  /** Answers when the run has to end. Rejects when the signal ends. */
  hold(signal: AbortSignal): Promise<RunEnd>;
}

/**
 * Starts a server in its sandbox on this process's own standard input and output, until either side ends.
 * @param launch what `get_run_launch` answered; it holds resolved secrets and is never shown.
 * @returns the exit code for this process.
 * @throws CrafterError GRANT_REFUSED or NOT_FOUND when it had to end, since what it holds was taken back or the server deleted.
 */
export async function runServer(
  stateFolder: string,
  launch: RunLaunch,
  signal: AbortSignal,
  { note, hold }: RunService,
): Promise<number> {
  const { unsafe, secrets, made: _made, ...parts } = launch;
  const mask = createMask();
  for (const name of secrets) mask.add(name, parts.environment[name] ?? '');
  const sandbox = await openSandbox({ stateFolder, unsafe });
  if (sandbox.kind === 'none') await note();
  const watched = process.stdout.isTTY === true;
  const server = await startServer(sandbox, {
    ...parts,
    // It works for who started it, as urgently as that one.
    limits: { ...parts.limits, niceness: 0 },
    transport: 'stdio',
    inheritStdio: !watched,
    signal,
    onLog: (line) => process.stderr.write(`${mask.apply(plain(line))}\n`),
  });
  if (watched) showOnTerminal(server);
  const stop = (): void => void server.stop();
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  const over = new AbortController();
  const told = hold(over.signal).then(
    async (why) => {
      await server.stop(0);
      return why;
    },
    () => undefined,
  );
  const { code, signal: endedBy } = await server.exited;
  if (watched) process.stdin.destroy();
  over.abort();
  const why = await told;
  if (why !== undefined)
    throw new CrafterError(why.code, why.message, {
      hint: `See what there is now with: mcp-crafter show ${launch.name}`,
    });
  return code ?? (endedBy === 'SIGTERM' ? 0 : 1);
}

/** There a person reads what a client would: words of the server must not steer the terminal. */
function showOnTerminal({ stdin, stdout }: RunningServer): void {
  stdout?.setEncoding('utf8').on('data', (text: string) => process.stdout.write(plain(text)));
  if (stdin === undefined) return;
  // A server may end before all was said to it.
  stdin.on('error', () => undefined);
  process.stdin.pipe(stdin);
}
