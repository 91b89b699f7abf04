import { writeFile } from 'node:fs/promises';
import { ToolError } from '#runtime/errors.ts';
import { fillDataset, makeRow, type DatasetContext, type DatasetResult } from '#shared/dataset.ts';
import { shownPath } from '#shared/file-writer.ts';
import { checkSingle, tableFrom } from './sql-input.ts';
import { runSql, type Parameters, type SqlJob } from './sql-process.ts';

export interface SqlWriterInput {
  database: string;
  create?: boolean;
  statements?: { sql: string; parameters?: Parameters }[];
  rows_from?: { dataset: string; table: string };
  save_result?: { sql: string; dataset: string; parameters?: Parameters };
  max_seconds?: number;
}

export interface SqlWriterOutput extends Partial<DatasetResult> {
  database: string;
  rows_loaded: number;
  rows_changed: number;
  changes: number[];
}

const mostRows = 5_000_000;

/** Runs statements in one transaction: all of them, or none. May load a dataset first and save a result as a dataset after. */
export async function writeDatabase(args: SqlWriterInput, context: DatasetContext): Promise<SqlWriterOutput> {
  const { statements = [], rows_from: source, save_result: wanted } = args;
  if (statements.length === 0 && source === undefined && wanted === undefined) {
    throw new ToolError('There is nothing to do.', 'Give `statements`, `rows_from` or `save_result`.');
  }
  for (const { sql } of [...statements, ...(wanted === undefined ? [] : [wanted])]) checkSingle(sql);
  const write = statements.length > 0 || source !== undefined;
  const load = source === undefined ? [] : [await tableFrom(context, source.dataset, source.table, false)];
  const path = await databasePath(args, write, context);
  const seconds = args.max_seconds ?? 30;
  const database = await shownPath(context, path);
  const done = write
    ? await runSql({ path, write, load, statements, limit: 0 }, seconds, context, async () => {})
    : { results: [], loaded: 0 };
  const changes = done.results.map((result) => result.changes);
  const saved =
    wanted === undefined
      ? {}
      : await save(
          { path, write: false, load: [], statements: [wanted], limit: mostRows },
          wanted.dataset,
          seconds,
          context,
        );
  return {
    database,
    rows_loaded: done.loaded,
    rows_changed: changes.reduce((sum, count) => sum + count, 0),
    changes,
    ...saved,
  };
}

async function databasePath(args: SqlWriterInput, write: boolean, context: DatasetContext): Promise<string> {
  const existing = await context.folders.toRead(args.database).catch((error: unknown) => {
    if (args.create !== true || !write || !(error instanceof ToolError)) throw error;
  });
  const path = write ? await context.folders.toWrite(existing ?? args.database) : existing;
  if (path === undefined)
    throw new ToolError(`There is no database “${args.database}”.`, 'Check the path, or set `create`.');
  if (existing === undefined) await writeFile(path, '', { flag: 'a' });
  return path;
}

function save(job: SqlJob, dataset: string, seconds: number, context: DatasetContext): Promise<DatasetResult> {
  return fillDataset(context, dataset, async (add) => {
    await runSql(job, seconds, context, async (columns, rows) => {
      for (const row of rows)
        await add(
          Object.assign(makeRow(), Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
        );
    });
  });
}
