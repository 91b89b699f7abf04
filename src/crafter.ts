import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createEvents } from './events/index.ts';
import type { Events } from './events/index.ts';
import { openJobs } from './jobs/index.ts';
import { createFleet, openLogBook, openRoster } from './operate/index.ts';
import type { Fleet } from './operate/index.ts';
import {
  createHolds,
  createTending,
  deployableOf,
  openBuilds,
  openWorkshop,
  orderOf,
  placesOf,
  makePlaces,
  resumeServers,
  runBuild,
} from './pipeline.ts';
import type { BuildOrder, Builds, Folders, Holds, Workshop } from './pipeline.ts';
import { keptText, openSecrets } from './secrets/index.ts';
import type { Secrets } from './secrets/index.ts';
import { openStorage, prepareStateFolder } from './storage/index.ts';
import type { ServiceName, Storage } from './storage/index.ts';
import { defaultStateFolder } from './util/index.ts';

export interface CrafterConfig {
  /** Absolute path; made when missing. Default: MCP_CRAFTER_HOME, else the platform's place for state. */
  readonly stateFolder?: string;
  /** An existing PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Run generated code without a sandbox. Only when the user says so by name. */
  readonly unsafe?: boolean;
}

/** Everything wired: what operations run against. Close it when done. */
export interface Crafter {
  readonly stateFolder: string;
  /** The user allowed generated code to run without a sandbox where there is none. */
  readonly unsafe: boolean;
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly events: Events;
  readonly builds: Builds;
  readonly fleet: Fleet;
  readonly holds: Holds;
  /** No other service shares the database. */
  readonly alone: boolean;
  /** Where a server's things lie in the state folder. */
  folders(name: string): Folders;
  /** The parts that handle generated code; loaded when first needed, since they are heavy. */
  workshop(): Promise<Workshop>;
  /** Stops every server and the database; unfinished builds go on at the next start. */
  close(): Promise<void>;
}

/**
 * Opens a state folder: its database, secrets, jobs and servers. One per state folder at a time.
 * Unfinished builds go on; servers that are to run are started.
 * @throws CrafterError DATABASE_UNAVAILABLE, MISSING_PREREQUISITE.
 */
export async function createCrafter(config: CrafterConfig = {}): Promise<Crafter> {
  const stateFolder = await prepareStateFolder(config.stateFolder ?? defaultStateFolder());
  const places = placesOf(stateFolder);
  await makePlaces(places);
  const storage = await openStorage({
    stateFolder,
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
  });
  try {
    const secrets = await openSecrets({ stateFolder, storage });
    const events = createEvents();
    const service = await serviceOf(stateFolder);
    const alone = config.databaseUrl === undefined;
    const jobs = await openJobs({ storage, service: service.id });
    let workshop: Promise<Workshop> | undefined;
    const openOnce = (): Promise<Workshop> =>
      (workshop ??= openWorkshop(stateFolder, config.unsafe === true).catch((error: unknown) => {
        workshop = undefined;
        throw error;
      }));
    const fleet = createFleet(
      async (record) => {
        const signal = crafter.holds.signal(record.name);
        return (await openOnce()).target.start({ ...(await deployableOf(crafter, record)), signal });
      },
      openLogBook(places.logs, secrets.mask),
      openRoster(storage.posts, service, alone),
    );
    const closing = new AbortController();
    let tended: Promise<void> | undefined;
    const crafter: Crafter = {
      stateFolder,
      unsafe: config.unsafe === true,
      storage,
      secrets,
      events,
      fleet,
      holds: createHolds(),
      alone,
      builds: openBuilds({ storage, secrets, events, jobs, workshop: openOnce }),
      folders: places.folders,
      workshop: openOnce,
      async close() {
        closing.abort();
        await jobs.close();
        await fleet.close();
        await tended;
        await storage.close();
      },
    };
    jobs.register('build', (input: string | BuildOrder, job) =>
      // What builds load is compiled once: see where the service starts.
      runBuild(crafter, orderOf(input), job).finally(flushCompileCache),
    );
    await jobs.launch();
    const tending = createTending(crafter, service.id, alone);
    resumeServers(crafter, alone, closing.signal, async () => {
      if (alone) await tending.takeUp();
      else tended = tending.run(closing.signal);
    });
    return crafter;
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** The same for a state folder whenever it is opened. */
async function serviceOf(stateFolder: string): Promise<ServiceName> {
  const id = await keptText(join(stateFolder, 'service-id'), randomUUID);
  return { id: id.trim() || randomUUID(), label: `${hostname()}:${stateFolder}` };
}
