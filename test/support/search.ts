import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openStorage } from '../../src/storage/index.ts';

/**
 * What is looked for: every long run of letters and digits in a value, since JSON, URLs and forms leave these as they are,
 * so that half of a value is found as well; each plainly, in hexadecimal, and in base64 wherever it begins.
 */
function formsOf(value: string): string[] {
  return (value.match(/[A-Za-z0-9]{8,}/g) ?? [value]).flatMap((run) => {
    const bytes = Buffer.from(run);
    const hexadecimal = bytes.toString('hex');
    // Of base64 only what is the same whatever stands before and after it.
    const shifted = [0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3)),
    );
    return [run, hexadecimal, hexadecimal.toUpperCase(), ...shifted];
  });
}

type Values = Readonly<Record<string, string>>;

/** Which of the values stand in a text, in any form. */
export const foundIn = (text: string, values: Values): string[] => search(values)(text);

/** All forms of all values are looked for in one go; which value it was is asked only then. */
function search(values: Values): (text: string) => string[] {
  const forms = Object.entries(values).map(([name, value]) => ({ name, forms: formsOf(value) }));
  const any = new RegExp(forms.flatMap((each) => each.forms.map((form) => form.replace(/\W/g, '\\$&'))).join('|'));
  return (text) =>
    any.test(text)
      ? forms.filter((each) => each.forms.some((form) => text.includes(form))).map(({ name }) => name)
      : [];
}

/** Files below a folder whose name or bytes hold one of the values, as `value: path`. */
export function searchFiles(folder: string, values: Values): string[] {
  const found = search(values);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const file = join(folder, path);
    const isFile = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const text = path + (isFile ? readFileSync(file, 'latin1') : '');
    return found(text).map((name) => `${name}: ${path}`);
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
