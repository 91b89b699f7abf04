import { ToolError } from '#runtime/errors.ts';
import {
  counter,
  datasetColumns,
  datasetRows,
  fillDataset,
  makeRow,
  previewRow,
  requireColumns,
  type DatasetContext,
  type DatasetResult,
  type Row,
} from '#shared/dataset.ts';
import { rowKey } from '#shared/row-key.ts';
import { textOf } from '#shared/values.ts';

export interface DeduplicateDataInput {
  readonly dataset: string;
  readonly keys?: readonly string[];
  readonly keep?: 'first' | 'last' | 'most_complete';
  readonly exact?: boolean;
  readonly into?: string;
}

export interface DeduplicateDataOutput extends DatasetResult {
  rowsRead: number;
  duplicates: number;
  duplicatesDataset: string;
  keys: string[];
  examples: Row[];
}

/** The row to keep of those with one key. */
interface Group {
  kept: number;
  filled: number;
}

const maxGroups = 2_000_000;

/** Keeps one row of each group with equal keys; the others go to a dataset of their own, with the row that was kept. */
export async function deduplicateData(
  args: DeduplicateDataInput,
  context: DatasetContext,
): Promise<DeduplicateDataOutput> {
  const { keys, groups, rowsRead } = await findGroups(args, context);
  const loose = args.exact !== true;
  const duplicatesDataset = `${args.dataset.slice(0, 53)}_duplicates`;
  const examples: Row[] = [];
  let duplicates = 0;
  let number = 0;
  const result = await fillDataset(context, args.into ?? `${args.dataset.slice(0, 57)}_unique`, async (add) => {
    await fillDataset(context, duplicatesDataset, async (addDuplicate) => {
      const count = counter(context, 'rows written');
      for await (const row of datasetRows(context, args.dataset)) {
        count();
        number += 1;
        const key = rowKey(row, keys, loose);
        const kept = key === undefined ? number : groups.get(key)!.kept;
        if (kept === number) {
          await add(row);
          continue;
        }
        duplicates += 1;
        const duplicate = Object.assign(makeRow(row), { _row: number, _kept_row: kept });
        if (examples.length < 5) examples.push(previewRow(duplicate));
        await addDuplicate(duplicate);
      }
    });
  });
  return { ...result, rowsRead, duplicates, duplicatesDataset, keys: [...keys], examples };
}

async function findGroups(args: DeduplicateDataInput, context: DatasetContext) {
  const keys = args.keys ?? [...(await datasetColumns(context, args.dataset))];
  const seen = new Set<string>();
  const groups = new Map<string, Group>();
  const count = counter(context, 'rows compared');
  let rowsRead = 0;
  for await (const row of datasetRows(context, args.dataset)) {
    count();
    rowsRead += 1;
    for (const column of Object.keys(row)) seen.add(column);
    const key = rowKey(row, keys, args.exact !== true);
    if (key !== undefined) chooseKept(groups, key, rowsRead, row, args.keep ?? 'first');
    if (groups.size > maxGroups) {
      throw new ToolError(
        `There are more than ${maxGroups} different rows.`,
        'Split the data before removing duplicates.',
      );
    }
  }
  requireColumns(seen, keys);
  return { keys, groups, rowsRead };
}

function chooseKept(groups: Map<string, Group>, key: string, number: number, row: Row, keep: string): void {
  const filled = keep === 'most_complete' ? Object.values(row).filter((value) => textOf(value) !== null).length : 0;
  const group = groups.get(key);
  if (!group) groups.set(key, { kept: number, filled });
  else if (keep === 'last' || (keep === 'most_complete' && filled > group.filled))
    Object.assign(group, { kept: number, filled });
}
