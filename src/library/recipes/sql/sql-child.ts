/**
 * Source of the process that SQLite runs in: one job a line on its standard input, answers on its standard output.
 * A process of its own, since only killing it ends a query that runs without end.
 */
export const childSource = String.raw`
import { constants as c, DatabaseSync } from 'node:sqlite';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const reply = (message) => process.stdout.write(JSON.stringify(message) + '\n');
const information = new Set(['table_info', 'table_xinfo', 'table_list', 'index_list', 'index_info', 'foreign_key_list']);
const looks = new Set([c.SQLITE_SELECT, c.SQLITE_READ, c.SQLITE_RECURSIVE]);
const never = new Set([c.SQLITE_ATTACH, c.SQLITE_DETACH, c.SQLITE_TRANSACTION, c.SQLITE_SAVEPOINT]);

function allowed(write) {
  return (action, first, second) => {
    if (action === c.SQLITE_FUNCTION) return second === 'load_extension' ? c.SQLITE_DENY : c.SQLITE_OK;
    if (action === c.SQLITE_PRAGMA) return information.has(first) ? c.SQLITE_OK : c.SQLITE_DENY;
    if (action === c.SQLITE_CREATE_VTABLE) return write && /^(fts[345]|rtree)$/i.test(second) ? c.SQLITE_OK : c.SQLITE_DENY;
    if (never.has(action)) return c.SQLITE_DENY;
    return write || looks.has(action) ? c.SQLITE_OK : c.SQLITE_DENY;
  };
}

/** In WAL mode even reading makes files, unless nobody is writing and the file is taken as it is. */
function isQuietWal(path) {
  const head = Buffer.alloc(20);
  const file = openSync(path);
  try {
    readSync(file, head, 0, 20, 0);
  } finally {
    closeSync(file);
  }
  return head[18] === 2 && !existsSync(path + '-wal');
}

function open(job) {
  const options = { readOnly: !job.write, timeout: 5000 };
  if (job.path === undefined) return new DatabaseSync(':memory:', {});
  if (job.write || !isQuietWal(job.path)) return new DatabaseSync(job.path, options);
  return new DatabaseSync(new URL(pathToFileURL(job.path).href + '?immutable=1'), options);
}

const quote = (name) => '"' + name.replaceAll('"', '""') + '"';
const bindable = (value) =>
  value === undefined ? null : typeof value === 'boolean' ? Number(value) : value !== null && typeof value === 'object' ? JSON.stringify(value) : value;

function load(db, { table, columns, file, temporary }) {
  db.exec('CREATE ' + (temporary ? 'TEMP ' : '') + 'TABLE IF NOT EXISTS ' + quote(table) + ' (' + columns.map(quote).join(', ') + ')');
  const insert = db.prepare('INSERT INTO ' + quote(table) + ' (' + columns.map(quote).join(', ') + ') VALUES (' + columns.map(() => '?').join(', ') + ')');
  let count = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    const row = JSON.parse(line);
    insert.run(...columns.map((column) => bindable(Object.hasOwn(row, column) ? row[column] : null)));
    count += 1;
  }
  return count;
}

function shown(value) {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? '[' + value.length + ' bytes]' : value;
}

function answerRows(statement, parameters, limit) {
  statement.setReadBigInts(true);
  const columns = statement.columns().map((column) => column.name);
  let batch = [];
  let count = 0;
  let truncated = false;
  for (const row of statement.iterate(...parameters)) {
    if (count === limit) {
      truncated = true;
      break;
    }
    count += 1;
    batch.push(columns.map((column) => shown(row[column])));
    if (batch.length < 100) continue;
    reply({ columns, rows: batch });
    batch = [];
  }
  if (batch.length > 0) reply({ columns, rows: batch });
  return { columns, count, truncated };
}

function runStatement(db, { sql, parameters }, limit) {
  const statement = db.prepare(sql);
  const given = Array.isArray(parameters) ? parameters.map(bindable) : parameters === undefined ? [] : [Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, bindable(value)]))];
  if (statement.columns().length > 0) return { ...answerRows(statement, given, limit), changes: 0 };
  const { changes } = statement.run(...given);
  return { columns: [], count: 0, truncated: false, changes: Number(changes) };
}

function run(job) {
  const db = open(job);
  let at = -1;
  try {
    db.exec('PRAGMA temp_store = 2');
    if (job.write) db.exec('PRAGMA foreign_keys = 1; BEGIN IMMEDIATE');
    const loaded = job.load.map((each) => load(db, each)).reduce((sum, count) => sum + count, 0);
    if (!job.write) db.exec('PRAGMA query_only = 1');
    db.setAuthorizer(allowed(job.write));
    const results = job.statements.map((statement, index) => {
      at = index;
      return runStatement(db, statement, job.limit);
    });
    db.setAuthorizer(null);
    if (job.write) db.exec('COMMIT');
    return { done: { results, loaded } };
  } catch (error) {
    return { error: String(error.message), at };
  } finally {
    db.close();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    reply(run(JSON.parse(line)));
  } catch (error) {
    reply({ error: String(error.message), at: -1 });
  }
}
`;
