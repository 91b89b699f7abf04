import { readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CrafterError } from '../../errors.ts';
import { newId } from '../../util/index.ts';
import { makePrivate, preparePlace, type Place } from './place.ts';
import { databaseName, makeCluster, roleName, startServer } from './programs.ts';
import { installSoftware } from './software.ts';
import { lastWords, stop, alive } from './postmaster.ts';

/** The PostgreSQL of one state folder. Several processes may hold it; the last one out stops it. */
export interface Cluster {
  readonly connectionString: string;
  /** Starts it, or adopts the one that runs. @throws DATABASE_UNAVAILABLE with what its log says. */
  ensure(): Promise<void>;
  /** Resolves when no start is under way. */
  settled(): Promise<void>;
  /** Stops it at once; whoever is connected is cut off. */
  stop(): Promise<void>;
}

/** How long a start may take, crash recovery included. */
const startMilliseconds = 60_000;

/** Said while another process starts or stops the same cluster or the last one's children are still ending. */
const passing =
  /lock file|shared memory block|Is another|bogus data|could not bind|shutting down|shut down|starting up|shutdown request/;

export async function openCluster(stateFolder: string): Promise<Cluster> {
  const place = await preparePlace(stateFolder);
  const software = await installSoftware(place.folder);
  const query = new URLSearchParams({ host: place.socketFolder, application_name: newId('mcp-crafter') });
  const connectionString = `postgresql://${roleName}@localhost/${databaseName}?${query}`;
  let starting: Promise<void> | undefined;
  const ensure = async (): Promise<void> => {
    if (await answers(connectionString)) return;
    await makePrivate(place.socketFolder, place.account);
    await initialize(software, place);
    await startAndWait(software, place, connectionString);
  };
  return {
    connectionString,
    ensure: () => (starting ??= ensure().finally(() => (starting = undefined))),
    settled: async () => await starting?.catch(() => undefined),
    stop: () => stop(place),
  };
}

/** A cluster appears whole or not at all; of several that make it at once, the first one's counts. */
async function initialize(software: string, place: Place): Promise<void> {
  if (await readFile(join(place.data, 'PG_VERSION')).catch(() => undefined)) return;
  await removeLeftovers(place);
  const fresh = `${place.data}.${process.pid}.${newId('new')}`;
  try {
    await makePrivate(fresh, place.account);
    await makeCluster(software, place, fresh);
    await writeFile(join(fresh, 'pg_hba.conf'), `local ${databaseName} ${roleName} trust\n`);
    await rename(fresh, place.data);
  } catch (error) {
    if (await readFile(join(place.data, 'PG_VERSION')).catch(() => undefined)) return;
    throw unavailable('PostgreSQL could not be set up', error);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function removeLeftovers(place: Place): Promise<void> {
  for (const name of await readdir(place.folder)) {
    const pid = /^data\.(\d+)\./.exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid))) await rm(join(place.folder, name), { recursive: true, force: true });
  }
}

async function startAndWait(software: string, place: Place, connectionString: string): Promise<void> {
  const deadline = performance.now() + startMilliseconds;
  while (performance.now() < deadline) {
    let failure: Error | undefined;
    const child = await startServer(software, place, (error) => (failure = error));
    while (child.exitCode === null && child.signalCode === null && !failure && performance.now() < deadline) {
      await sleep(25);
      if (await answers(connectionString)) return;
    }
    if (await answers(connectionString)) return;
    const said = failure?.message ?? (await lastWords(place));
    if (!passing.test(said)) throw unavailable(`PostgreSQL did not start: ${said}`, failure);
    await sleep(200);
  }
  throw unavailable(`PostgreSQL did not answer within ${startMilliseconds / 1000} seconds`, undefined);
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function unavailable(message: string, cause: unknown): CrafterError {
  const detail = cause instanceof Error && !message.includes(cause.message) ? `: ${cause.message}` : '';
  return new CrafterError('DATABASE_UNAVAILABLE', `${message}${detail}.`, {
    hint: 'Run `mcp-crafter doctor`; or set DATABASE_URL to an existing PostgreSQL.',
    cause,
  });
}
