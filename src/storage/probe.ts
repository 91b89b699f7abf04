import pg from 'pg';
import { toCrafterError } from '../errors.ts';
import { accountExists } from './postgres/account.ts';
import { findSoftware } from './postgres/software.ts';
import { toStorageError } from './database.ts';
import type { StorageConfig } from './types.ts';

export interface DatabaseProbe {
  readonly ok: boolean;
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it, when not ok. */
  readonly hint?: string;
}

/** Looks, for a doctor, whether there is a database to be had; starts and changes nothing. Never rejects. */
export async function probeDatabase(config: StorageConfig): Promise<DatabaseProbe> {
  try {
    if (config.databaseUrl !== undefined) return await probeUrl(config.databaseUrl);
    const { version } = await findSoftware();
    const account = (await accountExists()) ? '' : '; its system user mcp-crafter-db will be made';
    return { ok: true, message: `PostgreSQL ${version} is installed${account}.` };
  } catch (error) {
    const { message, hint } = toCrafterError(error);
    return { ok: false, message, hint };
  }
}

async function probeUrl(connectionString: string): Promise<DatabaseProbe> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { ok: true, message: `DATABASE_URL answers: PostgreSQL ${rows[0]?.server_version}.` };
  } catch (error) {
    const { message, hint } = toStorageError(error);
    return { ok: false, message, hint };
  } finally {
    await client.end().catch(() => {});
  }
}
