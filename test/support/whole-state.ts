import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { processesOf } from './remains.ts';

/** What deleting leaves by design: the database's own files, and what is kept by its content and shared by all servers. */
const shared = /^(postgres|store|found)(\/|$)/;

/** Every file below a folder, by its path, with a digest of its bytes; sockets and links by their kind. */
export function filesIn(folder: string, leftOut: RegExp = /^$/): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const files = entries.flatMap((entry): [string, string][] => {
    const path = join(entry.parentPath, entry.name);
    const short = path.slice(folder.length + 1);
    if (leftOut.test(short)) return [];
    const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? digest(readFileSync(path)) : 'other';
    return [[short, kind]];
  });
  return Object.fromEntries(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** Every row of every table of a database, ours and those of the durable jobs, without when services were last heard of. */
export async function rowsIn(connectionString: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const found: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
      found[name] = rows.map(({ row }) => JSON.stringify({ ...row, seen_at: undefined })).toSorted();
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Servers and helpers that live for a state folder, with their process ids; its database aside. */
export const livingIn = (stateFolder: string): string[] =>
  processesOf(stateFolder).filter((line) => !/^\d+ postgres|\/bin\/postgres /.test(line));

/** All that a service has: its files, its tables and its processes. */
export async function wholeState(stateFolder: string, connectionString: string) {
  return {
    files: filesIn(stateFolder, shared),
    rows: await rowsIn(connectionString),
    processes: livingIn(stateFolder),
  };
}
