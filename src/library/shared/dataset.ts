import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { writeFileInPieces, type WrittenFile } from './file-writer.ts';
import { fileLines } from './lines.ts';
import { datasetPath, checkName, findDataset } from './dataset-names.ts';

/** A JSON value in a row. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** One record: column to value. Rows have no prototype, so that any column name is safe to assign. */
export type Row = Record<string, Value>;

/** What tools that read or write datasets need. */
export type DatasetContext = ToolContext & FolderContext;

/** What every tool that makes a dataset answers; rows stay in the file, the caller sees a preview. */
export interface DatasetResult {
  dataset: string;
  rows: number;
  columns: string[];
  preview: Row[];
  /** File of the dataset, one JSON object a line. */
  file: string;
}

const previewRows = 5;
const previewCharacters = 200;
const maxColumns = 1_000;

/** An empty row, or a copy of a record, that takes any column name safely. */
export function makeRow(from?: object): Row {
  return Object.assign(Object.create(null), from) as Row;
}

/** Rows of a dataset, read as they are needed. Throws ToolError when there is no such dataset or a line is broken. */
export async function* datasetRows(context: DatasetContext, dataset: string): AsyncGenerator<Row> {
  const path = await findDataset(context, dataset);
  const count = counter(context, `rows of ${dataset} read`);
  let line = 0;
  for await (const text of fileLines(path, context.signal)) {
    line += 1;
    if (text.trim() === '') continue;
    count();
    yield parseRow(text, dataset, line);
  }
}

/** Writes a dataset from rows, whole or not at all. */
export function writeDataset(
  context: DatasetContext,
  dataset: string,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<DatasetResult> {
  return fillDataset(context, dataset, async (add) => {
    for await (const row of rows) await add(row);
  });
}

/** Writes a dataset row by row; `knownColumns` are told even when no row has them. */
export async function fillDataset(
  context: DatasetContext,
  dataset: string,
  fill: (add: (row: Row) => Promise<void>) => Promise<void>,
  knownColumns: readonly string[] = [],
): Promise<DatasetResult> {
  checkName(dataset);
  const columns = new Set<string>(knownColumns);
  const preview: Row[] = [];
  let rows = 0;
  const written: WrittenFile = await writeFileInPieces(context, datasetPath(dataset), (write) =>
    fill(async (row) => {
      rows += 1;
      for (const column of Object.keys(row)) columns.add(column);
      if (columns.size > maxColumns) throw tooWide();
      if (preview.length < previewRows) preview.push(previewRow(row));
      await write(`${JSON.stringify(row)}\n`);
    }),
  );
  return { dataset, rows, columns: [...columns], preview, file: written.file };
}

/** A row cut to what a caller needs to see: long texts and nested values are shortened. */
export function previewRow(row: Row): Row {
  const shown = makeRow();
  for (const [column, value] of Object.entries(row).slice(0, 50)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const long = text.length > previewCharacters;
    shown[column] = long ? `${text.slice(0, previewCharacters)}…` : value;
  }
  return shown;
}

/** Returns a function to call once a row: honours cancellation and tells progress every few thousand rows. */
export function counter(context: ToolContext, what: string): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (done % 5_000 !== 0) return;
    context.signal.throwIfAborted();
    context.progress(done, undefined, `${done} ${what}`);
  };
}

/** All columns that a dataset's rows have, in order of first sight. */
export async function datasetColumns(context: DatasetContext, dataset: string): Promise<Set<string>> {
  const columns = new Set<string>();
  for await (const row of datasetRows(context, dataset)) for (const column of Object.keys(row)) columns.add(column);
  return columns;
}

/** Throws ToolError naming the columns that are not there. */
export function requireColumns(all: ReadonlySet<string>, wanted: readonly string[]): void {
  const missing = wanted.filter((column) => !all.has(column));
  if (missing.length === 0 || all.size === 0) return;
  throw new ToolError(
    `There is no column ${missing.map((column) => `“${column.slice(0, 80)}”`).join(', ')}.`,
    `Columns: ${[...all].slice(0, 50).join(', ')}.`,
  );
}

function parseRow(text: string, dataset: string, line: number): Row {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return makeRow(value);
  } catch {
    // Told below, in the same words as a line that is no object.
  }
  throw new ToolError(
    `Line ${line} of dataset “${dataset}” is not a JSON object.`,
    'Make the dataset again from its source file.',
  );
}

function tooWide(): ToolError {
  return new ToolError(
    `The data has more than ${maxColumns} columns.`,
    'Choose the records one level deeper, or keep only the columns that are needed.',
  );
}
