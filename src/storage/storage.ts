import type pg from 'pg';
import type { CrafterError } from '../errors.ts';
import { withDatabaseLock } from './locks.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openDatabase, toStorageError, type Database } from './database.ts';
import { openCluster, type Cluster } from './postgres/cluster.ts';
import { prepareStateFolder } from './state-folder.ts';
import type { Storage, StorageConfig } from './types.ts';

/**
 * Opens what the resident part keeps: starts or adopts the state folder's own PostgreSQL (or uses `databaseUrl`),
 * and brings its tables up to date. Closing stops the own PostgreSQL when nobody else uses it.
 * @throws DATABASE_UNAVAILABLE, MISSING_PREREQUISITE.
 */
export async function openStorage(config: StorageConfig): Promise<Storage> {
  const stateFolder = await prepareStateFolder(config.stateFolder);
  const cluster = config.databaseUrl === undefined ? await openCluster(stateFolder) : undefined;
  const connectionString = config.databaseUrl ?? cluster?.connectionString ?? '';
  const enterOnce = () =>
    enter(connectionString, cluster).catch((error: unknown) => Promise.reject(toStorageError(error)));
  // Whoever closes at this very moment may stop the database under our feet: then it is started again.
  const enterAgain = (left: number): Promise<Database> =>
    enterOnce().catch((error: CrafterError) => {
      if (cluster && left > 0 && error.code === 'DATABASE_UNAVAILABLE') return enterAgain(left - 1);
      throw error;
    });
  const database = await enterAgain(mostAgain);
  const queries = await import('./repositories/index.ts');
  return {
    servers: queries.serversOf(database),
    builds: queries.buildsOf(database),
    plans: queries.plansOf(database),
    releases: queries.releasesOf(database),
    posts: queries.postsOf(database),
    secrets: queries.secretsOf(database),
    connectionString,
    close: () => close(connectionString, database, cluster),
  };
}

/** How often others may stop the database while this one enters. */
const mostAgain = 3;

/** Entering and leaving take turns: who leaves sees everybody who has entered. */
const door = 'open';

async function enter(connectionString: string, cluster: Cluster | undefined): Promise<Database> {
  await cluster?.ensure();
  const migrations = await readMigrations();
  return withDatabaseLock(connectionString, door, async (client) => {
    await migrate(client, migrations);
    return openDatabase(connectionString, cluster?.ensure);
  });
}

async function close(connectionString: string, database: Database, cluster: Cluster | undefined): Promise<void> {
  await database.close();
  if (!cluster) return;
  // One that comes up only now would be left running.
  await cluster.settled();
  const leave = withDatabaseLock(connectionString, door, async (client) => {
    if (!(await usedByOthers(client))) await cluster.stop();
  });
  // A database that does not answer needs no stopping.
  await leave.catch(() => {});
}

/** Connections of one process share their application name. */
async function usedByOthers(client: pg.Client): Promise<boolean> {
  const sql = `SELECT count(*)::int AS others FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND application_name <> current_setting('application_name')`;
  const { rows } = await client.query<{ others: number }>(sql);
  return (rows[0]?.others ?? 0) > 0;
}
