import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import { removeTree } from '../sandbox/index.ts';
import type { Mount, SandboxedProcess } from '../sandbox/index.ts';
import { cut } from '../util/index.ts';
import { forwardPort } from './forward.ts';
import { checkSocketPath } from './paths.ts';
import { answers, takeSocket } from './socket.ts';
import type { RunningServer, ServerLaunch } from './types.ts';

const INSIDE = '/run/mcp';
const SOCKET_NAME = 'server.sock';
const POLL_MS = 5;
const DEFAULT_READY_MS = 20_000;

/** What a server said on standard error. */
export interface ServerLog {
  /** Its last lines. */
  readonly tail: () => string;
  readonly ended: Promise<void>;
}

export interface HttpPlaces {
  /** Folder the server makes its socket in. */
  readonly folder: string;
  /** Where the host keeps that socket, out of the server's reach. */
  readonly socketPath: string;
  readonly token: string;
  readonly mount: Mount;
  readonly environment: Readonly<Record<string, string>>;
}

/** A folder of its own for each start, so that an old and a new version can run beside each other. A token is made up unless given. */
export async function prepareHttp(
  runFolder: string,
  cleanup: (() => Promise<unknown>)[],
  given?: string,
): Promise<HttpPlaces> {
  const id = randomBytes(4).toString('hex');
  const folder = join(runFolder, id);
  const socketPath = checkSocketPath(join(runFolder, `s-${id}.sock`));
  const token = given ?? randomBytes(32).toString('base64url');
  await mkdir(folder);
  cleanup.push(
    () => removeTree(folder),
    () => rm(socketPath, { force: true }),
  );
  return {
    folder,
    socketPath,
    token,
    mount: { source: folder, target: INSIDE, access: 'write', owned: true },
    environment: { MCP_TRANSPORT: 'http', MCP_SOCKET: `${INSIDE}/${SOCKET_NAME}`, MCP_TOKEN: token },
  };
}

/** Waits until the server answers at its socket, and opens the loopback port if one is asked for. */
export async function openHttp(
  places: HttpPlaces,
  child: SandboxedProcess,
  launch: ServerLaunch,
  log: ServerLog,
  cleanup: (() => Promise<unknown>)[],
): Promise<Pick<RunningServer, 'socketPath' | 'url' | 'token'>> {
  await waitForSocket(places, child, launch, log);
  const { socketPath, token } = places;
  if (launch.port === undefined) return { socketPath, token, url: 'http://localhost/mcp' };
  const forward = await forwardPort(launch.port, socketPath);
  cleanup.push(() => forward.close());
  return { socketPath, token, url: `http://127.0.0.1:${forward.port}/mcp` };
}

async function waitForSocket(
  places: HttpPlaces,
  child: SandboxedProcess,
  launch: ServerLaunch,
  log: ServerLog,
): Promise<void> {
  const limit = launch.readyMs ?? DEFAULT_READY_MS;
  const until = performance.now() + limit;
  let ended = false;
  void child.exited.then(() => (ended = true));
  let taken = false;
  while (performance.now() < until && !ended) {
    taken ||= await takeSocket(join(places.folder, SOCKET_NAME), places.socketPath);
    if (taken && (await answers(places.socketPath))) return;
    await sleep(POLL_MS);
  }
  if (launch.signal?.aborted === true)
    throw new CrafterError('CANCELLED', `${launch.name} was stopped while it started.`, { hint: 'Start it again.' });
  if (ended) await log.ended;
  const what = ended ? 'ended before it answered' : `did not answer within ${limit / 1000} s`;
  throw new CrafterError('SERVER_UNHEALTHY', `${launch.name} ${what}. ${cut(log.tail(), 2000)}`.trim(), {
    hint: 'Look at its log; a server must listen on the unix socket that MCP_SOCKET names.',
  });
}
