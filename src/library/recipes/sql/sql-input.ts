import { ToolError } from '#runtime/errors.ts';
import { datasetRows, type DatasetContext } from '#shared/dataset.ts';
import type { SqlJob } from './sql-process.ts';

/** Quoted texts, quoted names and comments. */
const opaque = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//g;

/** @throws ToolError when the text holds more than one statement: SQLite would run the first and drop the rest silently. */
export function checkSingle(sql: string): void {
  const bare = sql.replace(opaque, ' ');
  if (/^\s*create\s+(?:temp\s+|temporary\s+)?trigger\b/i.test(bare)) return;
  if (/;\s*\S/.test(bare)) throw new ToolError('There is more than one statement.', 'Give one statement at a time.');
}

/** What to load to have a dataset as a table. */
export async function tableFrom(
  context: DatasetContext,
  dataset: string,
  table: string,
  temporary: boolean,
): Promise<SqlJob['load'][number]> {
  const columns = new Set<string>();
  for await (const row of datasetRows(context, dataset)) for (const column of Object.keys(row)) columns.add(column);
  if (columns.size === 0) throw new ToolError(`The dataset “${dataset}” has no rows.`, 'Use a dataset with rows.');
  return { table, columns: [...columns], file: await context.folders.toRead(`datasets/${dataset}.jsonl`), temporary };
}
