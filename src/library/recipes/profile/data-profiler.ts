import { counter, datasetRows, requireColumns, type DatasetContext } from '#shared/dataset.ts';
import { addValue, describeColumn, newTally, type ColumnAnswer, type ColumnTally } from './column-profile.ts';

export interface ProfileDataInput {
  readonly dataset: string;
  readonly columns?: readonly string[];
  readonly top?: number;
}

export interface ProfileDataOutput {
  dataset: string;
  rows: number;
  columnCount: number;
  columns: ColumnAnswer[];
}

const shownColumns = 100;

/** Describes each column of a dataset in one pass and bounded memory. */
export async function profileData(args: ProfileDataInput, context: DatasetContext): Promise<ProfileDataOutput> {
  const wanted = args.columns && new Set(args.columns);
  const tallies = new Map<string, ColumnTally>();
  const count = counter(context, 'rows profiled');
  let rows = 0;
  for await (const row of datasetRows(context, args.dataset)) {
    count();
    for (const [column, value] of Object.entries(row)) {
      if (wanted && !wanted.has(column)) continue;
      let tally = tallies.get(column);
      if (!tally) tallies.set(column, (tally = newTally()));
      addValue(tally, value);
    }
    rows += 1;
  }
  if (wanted) requireColumns(new Set(tallies.keys()), [...wanted]);
  const columns = [...tallies]
    .slice(0, shownColumns)
    .map(([name, tally]) => describeColumn(name, tally, rows, args.top ?? 5));
  return { dataset: args.dataset, rows, columnCount: tallies.size, columns };
}
