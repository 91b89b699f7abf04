import { expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext } from '../../testing.ts';
import { sql } from './index.ts';
import { queryDatabase } from './sql-query.ts';
import { writeDatabase } from './sql-write.ts';

recipeConformance(sql);

const database = 'shop.sqlite';

async function shop() {
  const test = await makeTestContext();
  const statements = [
    { sql: 'CREATE TABLE items (name TEXT UNIQUE, pieces INTEGER)' },
    { sql: 'INSERT INTO items VALUES (?, ?)', parameters: ['bolt', 5] },
  ];
  await writeDatabase({ database, create: true, statements }, test.context);
  return test;
}

it('[RECIPES-INTEGRATION-15] refuses everything but reading', async () => {
  const test = await shop();
  const before = await test.read(database);
  const attempts = [
    'DELETE FROM items',
    'INSERT INTO items VALUES (1, 2)',
    'DROP TABLE items',
    'CREATE TABLE other (a)',
    "ATTACH 'x.sqlite' AS x",
    'PRAGMA journal_mode = WAL',
    'PRAGMA query_only = 0',
    'SELECT 1; DELETE FROM items',
    "VACUUM INTO 'copy.sqlite'",
    "SELECT load_extension('x')",
    'BEGIN',
    'CREATE TEMP TABLE t (a)',
  ];
  for (const sql of attempts)
    await expect(queryDatabase({ database, sql }, test.context), sql).rejects.toMatchObject({ name: 'ToolError' });
  expect(await test.read(database)).toBe(before);
  expect(await test.context.folders.list()).toEqual([database]);
  const semicolons = await queryDatabase(
    { database, sql: "SELECT ';' || name /* ; */ FROM items -- ; x\n;" },
    test.context,
  );
  expect(semicolons.rows).toEqual([[';bolt']]);
  await test.dispose();
});

it('[RECIPES-INTEGRATION-15] stops a query that has no end, and answers the next', async () => {
  const test = await shop();
  const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
  await expect(queryDatabase({ database, sql: endless, max_seconds: 1 }, test.context)).rejects.toThrow(
    'longer than 1 seconds',
  );
  expect((await queryDatabase({ database, sql: 'SELECT pieces FROM items' }, test.context)).rows).toEqual([[5]]);
  const cancelled = queryDatabase({ database, sql: endless, max_seconds: 60 }, test.context);
  setTimeout(() => test.abort(), 200);
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  await test.dispose();
});

it('[RECIPES-INTEGRATION-15] reads a database in WAL mode without leaving files', async () => {
  const { DatabaseSync } = await import('node:sqlite');
  const test = await makeTestContext();
  const db = new DatabaseSync(`${test.workspace}/${database}`);
  db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (9007199254740993), (x'00ff')");
  db.close();
  expect((await queryDatabase({ database, sql: 'SELECT a FROM t' }, test.context)).rows).toEqual([
    ['9007199254740993'],
    ['[2 bytes]'],
  ]);
  expect(await test.context.folders.list()).toEqual([database]);
  await test.dispose();
});

it('tells tables and columns, and cuts at the limit', async () => {
  const test = await shop();
  expect((await queryDatabase({ database }, test.context)).rows).toEqual([['items', 'name TEXT, pieces INTEGER']]);
  const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) SELECT i FROM n';
  expect(await queryDatabase({ database, sql: many, limit: 250 }, test.context)).toMatchObject({
    count: 250,
    truncated: true,
  });
  await test.dispose();
});

it('[RECIPES-INTEGRATION-16] takes back everything when one statement fails, and does not let a statement end the transaction', async () => {
  const test = await shop();
  const add = { sql: 'INSERT INTO items VALUES (?, 1)', parameters: ['nut'] };
  await expect(writeDatabase({ database, statements: [add, { ...add }] }, test.context)).rejects.toThrow('statement 2');
  await expect(writeDatabase({ database, statements: [add, { sql: 'COMMIT' }] }, test.context)).rejects.toThrow(
    'statement 2',
  );
  expect((await queryDatabase({ database, sql: 'SELECT count(*) FROM items' }, test.context)).rows).toEqual([[1]]);
  const hostile = "x'); DROP TABLE items; --";
  await writeDatabase(
    { database, statements: [{ sql: 'INSERT INTO items VALUES (:name, 0)', parameters: { name: hostile } }] },
    test.context,
  );
  expect(
    (await queryDatabase({ database, sql: 'SELECT name FROM items WHERE pieces = 0' }, test.context)).rows,
  ).toEqual([[hostile]]);
  await test.dispose();
});
