import { migrate } from './migrate.ts';
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
  // Somebody who closes at this very moment may stop the database under our feet: then it is started again.
  await prepare(connectionString, cluster).catch(async (error: unknown) => {
    if (!cluster || toStorageError(error).code !== 'DATABASE_UNAVAILABLE') throw toStorageError(error);
    await prepare(connectionString, cluster).catch((again: unknown) => Promise.reject(toStorageError(again)));
  });
  const database = await openDatabase(connectionString, cluster?.ensure);
  const queries = await import('./repositories/index.ts');
  return {
    servers: queries.serversOf(database),
    builds: queries.buildsOf(database),
    plans: queries.plansOf(database),
    releases: queries.releasesOf(database),
    secrets: queries.secretsOf(database),
    connectionString,
    close: () => close(database, cluster),
  };
}

async function prepare(connectionString: string, cluster: Cluster | undefined): Promise<void> {
  await cluster?.ensure();
  await migrate(connectionString);
}

async function close({ pool }: Database, cluster: Cluster | undefined): Promise<void> {
  if (pool.ended) return;
  const last = cluster !== undefined && (await usedByOthers(pool)) === false;
  await pool.end();
  if (last) await cluster.stop();
}

/** Undefined when the database does not say. Connections of one process share their application name. */
async function usedByOthers(pool: Database['pool']): Promise<boolean | undefined> {
  const sql = `SELECT count(*)::int AS others FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND application_name <> current_setting('application_name')`;
  const answer = await pool.query<{ others: number }>(sql).catch(() => undefined);
  return answer && (answer.rows[0]?.others ?? 0) > 0;
}
