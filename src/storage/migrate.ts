import { readFile, readdir } from 'node:fs/promises';
import type pg from 'pg';
import { CrafterError } from '../errors.ts';
import { assetUrl, sha256 } from '../util/index.ts';

/** One migration: `0001-initial.sql` has the version 1. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings the database to the newest version: each migration in its order, once, in a transaction of its own.
 * To be called under a lock, so that processes which start together take turns.
 * @throws DATABASE_UNAVAILABLE when the database was made by a newer mcp-crafter, or a migration that it has
 * applied reads differently now.
 */
export async function migrate(client: pg.Client, wanted: readonly Migration[]): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS mcp_crafter');
  await client.query(
    `CREATE TABLE IF NOT EXISTS mcp_crafter.schema_migrations (
       version integer PRIMARY KEY, name text NOT NULL, digest text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const { rows } = await client.query<{ version: number; digest: string }>(
    'SELECT version, digest FROM mcp_crafter.schema_migrations',
  );
  const applied = new Map(rows.map((row) => [row.version, row.digest]));
  refuseForeign(applied, wanted);
  for (const migration of wanted) if (!applied.has(migration.version)) await apply(client, migration);
}

export async function readMigrations(): Promise<Migration[]> {
  const folder = assetUrl('storage/migrations/');
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}

function refuseForeign(applied: ReadonlyMap<number, string>, wanted: readonly Migration[]): void {
  for (const [version, digest] of applied) {
    const ours = wanted.find((migration) => migration.version === version);
    if (ours && sha256(ours.sql) === digest) continue;
    const why = ours
      ? `its migration ${ours.name} has changed since`
      : `it has version ${version}, which is not known here`;
    throw new CrafterError('DATABASE_UNAVAILABLE', `The database was made by another version of mcp-crafter: ${why}.`, {
      hint: 'Use the newest mcp-crafter that worked with it, or another state folder (MCP_CRAFTER_HOME).',
    });
  }
}

async function apply(client: pg.Client, { version, name, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO mcp_crafter.schema_migrations (version, name, digest) VALUES ($1, $2, $3)', [
      version,
      name,
      sha256(sql),
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
