import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { createCrafter } from '../crafter.ts';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { httpTokenFile, keptHttpToken, lockPath, socketPath } from '../service/index.ts';
import { createApp } from './app.ts';
import { hostGuard } from './guards/host.ts';
import { originGuard } from './guards/origin.ts';
import { rateGuard } from './guards/rate.ts';
import { sizeGuard } from './guards/size.ts';
import { tokenGuard } from './guards/token.ts';
import { authority, exposureOf, type HttpAddress } from './http-address.ts';
import { endOnFailure } from './last-resort.ts';
import { listen } from './listen.ts';
import { releaseLock, takeLock } from './lock.ts';

/** After the start, when the service has what it needs; in milliseconds. */
const settledMilliseconds = 1000;

export interface ServeOptions {
  readonly unsafe: boolean;
  /** Where to answer over HTTP beside the socket. */
  readonly http?: HttpAddress;
}

/**
 * Runs the service of a state folder until it is told to end.
 * @throws CrafterError CONFLICT when one runs that was not told to answer over HTTP, and what opening it raises.
 */
export async function serve(folder: string, { unsafe, http }: ServeOptions): Promise<void> {
  const socket = socketPath(folder);
  const lock = lockPath(folder);
  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
  chmodSync(dirname(socket), 0o700);
  if (!takeLock(lock)) {
    if (http !== undefined) throw runsAlready();
    process.stdout.write('A service is running for this state folder already.\n');
    return;
  }
  const servers: Server[] = [];
  const databaseUrl = process.env.DATABASE_URL;
  const opening = createCrafter({ stateFolder: folder, unsafe, ...(databaseUrl ? { databaseUrl } : {}) });
  const ending = new AbortController();
  const end = async (): Promise<void> => {
    ending.abort();
    for (const server of servers) server.close();
    await opening.then((crafter) => crafter.close()).catch(() => undefined);
    rmSync(socket, { force: true });
    releaseLock(lock);
  };
  let ended: Promise<void> | undefined;
  const endOnce = (): Promise<void> => (ended ??= end());
  const stop = (): void => void endOnce().finally(() => process.exit());
  // Before it has started, too: what is half open would leave its database running.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  let mask = (text: string): string => text;
  endOnFailure((text) => mask(text), endOnce);
  try {
    const crafter = await opening;
    mask = crafter.secrets.mask;
    if (ending.signal.aborted) return;
    if (http !== undefined) servers.push(await openHttp(crafter, folder, http, stop));
    rmSync(socket, { force: true });
    servers.push(await listen(createApp(crafter, stop, { guards: [rateGuard(), sizeGuard], isPrivate: true }), socket));
    chmodSync(socket, 0o600);
  } catch (error) {
    await endOnce();
    throw error;
  }
  // Node keeps what it has compiled for the next start only at an orderly end, which a killed service does not have.
  setTimeout(flushCompileCache, settledMilliseconds).unref();
}

async function openHttp(crafter: Crafter, folder: string, where: HttpAddress, stop: () => void): Promise<Server> {
  const guards = [hostGuard(where.host), originGuard, tokenGuard(await keptHttpToken(folder)), rateGuard(), sizeGuard];
  const server = await listen(createApp(crafter, stop, { guards, isPrivate: false }), where);
  const { address, port } = server.address() as AddressInfo;
  process.stdout.write(
    `HTTP: http://${authority({ host: where.host, port })}, with the token in ${httpTokenFile(folder)}\n`,
  );
  process.stderr.write(exposureOf({ host: address, port }));
  return server;
}

function runsAlready(): CrafterError {
  return new CrafterError(
    'CONFLICT',
    'A service runs for this state folder already, and was not told to listen here.',
    {
      hint: 'End it first with: mcp-crafter serve --stop',
    },
  );
}
