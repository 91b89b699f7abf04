import pg from 'pg';
import { CrafterError } from '../errors.ts';
import { refused } from './archive/untar.ts';
import { toStorageError } from './database.ts';
import { withDatabaseLock } from './locks.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openCluster } from './postgres/cluster.ts';
import type { StorageConfig } from './types.ts';

/** What lasts; services that run, and the engine's own tables, are of the moment. */
const tables = ['servers', 'builds', 'plans', 'releases', 'secrets'] as const;
type Table = (typeof tables)[number];

/** One row as JSON text; the columns are those of the version that wrote it. */
export interface DumpedRow {
  readonly table: Table;
  readonly row: string;
}

const batch = 50;

/** The database as it is at one moment, row by row, and the version of its tables. */
export async function dumpDatabase(
  connectionString: string,
  write: (row: DumpedRow) => Promise<void>,
): Promise<{ readonly version: number }> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 30_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ version: number }>(
      'SELECT max(version) AS version FROM mcp_crafter.schema_migrations',
    );
    for (const table of tables) {
      await client.query(
        `DECLARE dump_${table} NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS row FROM mcp_crafter.${table} t`,
      );
      for (;;) {
        const found = await client.query<{ row: string }>(`FETCH ${batch} FROM dump_${table}`);
        for (const { row } of found.rows) await write({ table, row });
        if (found.rows.length < batch) break;
      }
    }
    return { version: rows[0]?.version ?? 0 };
  } catch (error) {
    throw toStorageError(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Puts dumped rows into a database that has none, all or none of them: into tables of the version that they are from, which
 * are then brought up to date.
 * @throws CrafterError CONFLICT when there are rows already, DATABASE_UNAVAILABLE for rows of a newer version.
 */
export async function loadDatabase(
  config: StorageConfig,
  version: number,
  rows: AsyncIterable<DumpedRow>,
): Promise<void> {
  const migrations = await readMigrations();
  if (!migrations.some((migration) => migration.version === version)) throw newer(version);
  const cluster = config.databaseUrl === undefined ? await openCluster(config.stateFolder) : undefined;
  await cluster?.ensure();
  try {
    await withDatabaseLock(config.databaseUrl ?? cluster?.connectionString ?? '', 'open', async (client) => {
      await migrate(
        client,
        migrations.filter((migration) => migration.version <= version),
      );
      await client.query('BEGIN');
      await refuseFilled(client);
      for await (const { table, row } of rows) await insert(client, table, row);
      for (const table of ['builds', 'releases'])
        await client.query(
          `SELECT setval(pg_get_serial_sequence('mcp_crafter.${table}', 'sequence'), (SELECT coalesce(max(sequence), 0) + 1 FROM mcp_crafter.${table}), false)`,
        );
      await closeBuilds(client);
      await client.query('COMMIT');
      await migrate(client, migrations);
    });
  } catch (error) {
    throw toStorageError(error);
  } finally {
    await cluster?.stop();
  }
}

export const isTable = (name: string): name is Table => (tables as readonly string[]).includes(name);

async function insert(client: pg.Client, table: Table, row: string): Promise<void> {
  const sql = `INSERT INTO mcp_crafter.${table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_record(NULL::mcp_crafter.${table}, $1::json)`;
  await client.query(sql, [row]).catch((error: { code?: string }) => {
    // Classes 22 and 23 (PostgreSQL, appendix A): the value is no such row.
    throw /^2[23]/.test(error.code ?? '') ? refused(`a row of ${table} is not sound`) : error;
  });
}

/** Their jobs are not in a backup: they end here, and say why. */
async function closeBuilds(client: pg.Client): Promise<void> {
  const message = 'It was under way when the backup was made.';
  const error = new CrafterError('CANCELLED', message, { hint: 'Order it again.' }).toJSON();
  await client.query(
    `UPDATE mcp_crafter.builds SET status = 'cancelled', message = $1, error = $2, fraction = 1, finished_at = now()
     WHERE status IN ('queued', 'running')`,
    [message, JSON.stringify(error)],
  );
  await client.query(`DELETE FROM mcp_crafter.secrets WHERE server LIKE 'build:%'`);
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ filled: boolean }>(
    `SELECT ${tables.map((table) => `EXISTS (SELECT FROM mcp_crafter.${table})`).join(' OR ')} AS filled`,
  );
  if (rows[0]?.filled !== true) return;
  throw new CrafterError('CONFLICT', 'The database holds servers or builds already.', {
    hint: 'Restore into an empty database: another DATABASE_URL, or none for a new one in the state folder.',
  });
}

function newer(version: number): CrafterError {
  return new CrafterError(
    'DATABASE_UNAVAILABLE',
    `The backup is of version ${version} of the tables, which is not known here.`,
    {
      hint: 'Restore it with the mcp-crafter that wrote it, or a newer one.',
    },
  );
}
