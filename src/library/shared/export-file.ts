import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { ToolError } from '#runtime/errors.ts';
import {
  datasetColumns,
  datasetRows,
  makeRow,
  previewRow,
  requireColumns,
  type DatasetContext,
  type Row,
} from './dataset.ts';
import { shownPath, writeFileInPieces, type Write } from './file-writer.ts';

export interface ExportArguments {
  readonly dataset: string;
  readonly path?: string;
  readonly columns?: readonly string[];
}

/** What every exporter answers. */
export interface ExportResult {
  file: string;
  bytes: number;
  rows: number;
  columns: string[];
  preview: Row[];
}

/**
 * Writes a dataset to a file in another format: `start` before the rows, `row` for each, `end` after them.
 * Without `path` the file is `exports/<dataset>.<extension>`. A user's own file is never overwritten.
 */
export async function exportDataset(
  args: ExportArguments,
  context: DatasetContext,
  extension: string,
  format: (columns: readonly string[]) => { start: string; row: (row: Row, index: number) => string; end: string },
): Promise<ExportResult> {
  const path = args.path ?? `exports/${args.dataset}.${extension}`;
  await refuseToOverwrite(context, path);
  const columns = await chooseColumns(context, args.dataset, args.columns);
  const { start, row, end } = format(columns);
  const preview: Row[] = [];
  let rows = 0;
  const fill = async (write: Write): Promise<void> => {
    await write(start);
    for await (const full of datasetRows(context, args.dataset)) {
      const chosen = args.columns ? pick(full, columns) : full;
      if (preview.length < 5) preview.push(previewRow(chosen));
      await write(row(chosen, rows));
      rows += 1;
    }
    await write(end);
  };
  const written = await writeFileInPieces(context, path, fill);
  return { ...written, rows, columns: [...columns], preview };
}

/** All columns of a dataset, or those wanted after checking that each exists. */
async function chooseColumns(context: DatasetContext, dataset: string, wanted?: readonly string[]): Promise<string[]> {
  const all = await datasetColumns(context, dataset);
  if (!wanted) return [...all];
  requireColumns(all, wanted);
  return [...wanted];
}

function pick(row: Row, columns: readonly string[]): Row {
  const picked = makeRow();
  for (const column of columns) picked[column] = row[column] ?? null;
  return picked;
}

async function refuseToOverwrite(context: DatasetContext, path: string): Promise<void> {
  const target = await context.folders.toWrite(path);
  const there = await stat(target).catch(() => undefined);
  if (!there) return;
  if (there.isDirectory()) throw new ToolError(`“${path}” is a folder.`, 'Give the path of a file.');
  if (isAbsolute(await shownPath(context, target))) {
    throw new ToolError(`“${path}” exists already and is not the server’s own file.`, 'Choose another name.');
  }
}
