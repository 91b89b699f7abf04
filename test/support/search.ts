import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openStorage } from '../../src/storage/index.ts';

/** A value as it is, and as it stands in JSON, URLs, base64 and hex. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  // Of base64 only what is the same at every offset: three alignments, without their edges.
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -6),
  );
  return [value, encodeURIComponent(value), bytes.toString('hex'), ...shifted];
}

/** Which of the values stand in a text, in any form. */
export const foundIn = (text: string, values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => (formsOf(value).some((form) => text.includes(form)) ? [name] : []));

/** Files below a folder whose name or bytes hold one of the values, as `value: path`. */
export function searchFiles(folder: string, values: Readonly<Record<string, string>>): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const file = join(folder, path);
    const isFile = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const text = path + (isFile ? readFileSync(file, 'latin1') : '');
    return foundIn(text, values).map((name) => `${name}: ${path}`);
  });
}

/** Every row of every table of a state folder's database, by `schema.table`; rows may be packed in the files. */
export async function dumpTables(stateFolder: string): Promise<Record<string, string>> {
  const storage = await openStorage({ stateFolder });
  const client = new pg.Client({ connectionString: storage.connectionString });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')",
    );
    const tables: Record<string, string> = {};
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      tables[name] = found.rows.map(({ row }) => row).join('\n');
    }
    return tables;
  } finally {
    await client.end();
    await storage.close();
  }
}
