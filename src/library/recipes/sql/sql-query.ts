import { ToolError } from '#runtime/errors.ts';
import type { DatasetContext, Value } from '#shared/dataset.ts';
import { checkSingle, tableFrom } from './sql-input.ts';
import { runSql, type Parameters } from './sql-process.ts';

export interface SqlQueryInput {
  database?: string;
  datasets?: string[];
  sql?: string;
  parameters?: Parameters;
  limit?: number;
  max_seconds?: number;
}

export interface SqlQueryOutput {
  columns: string[];
  rows: Value[][];
  count: number;
  truncated: boolean;
}

const schemaQuery = `SELECT s.name AS "table", group_concat(c.name || CASE c.type WHEN '' THEN '' ELSE ' ' || c.type END, ', ') AS columns
FROM (SELECT name, type FROM sqlite_schema UNION ALL SELECT name, type FROM sqlite_temp_schema) AS s, pragma_table_info(s.name) AS c
WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite_%' GROUP BY s.name ORDER BY s.name`;

/** Runs one SELECT on a SQLite file, on datasets, or on both together. Nothing is written. */
export async function queryDatabase(args: SqlQueryInput, context: DatasetContext): Promise<SqlQueryOutput> {
  const datasets = args.datasets ?? [];
  if (args.database === undefined && datasets.length === 0)
    throw new ToolError('It is not said what to query.', 'Give `database`, a SQLite file, or `datasets`.');
  const sql = args.sql ?? schemaQuery;
  checkSingle(sql);
  const path = args.database === undefined ? undefined : await context.folders.toRead(args.database);
  const load = await Promise.all(datasets.map((name) => tableFrom(context, name, name, true)));
  const rows: Value[][] = [];
  const statements = [
    { sql, ...(args.sql === undefined || args.parameters === undefined ? {} : { parameters: args.parameters }) },
  ];
  const done = await runSql(
    { path, write: false, load, statements, limit: args.limit ?? 100 },
    args.max_seconds ?? 10,
    context,
    async (_columns, batch) => {
      rows.push(...batch);
    },
  );
  const [result] = done.results;
  return { columns: result?.columns ?? [], rows, count: rows.length, truncated: result?.truncated ?? false };
}
