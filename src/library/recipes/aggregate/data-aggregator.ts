import { ToolError } from '#runtime/errors.ts';
import {
  counter,
  datasetRows,
  fillDataset,
  makeRow,
  requireColumns,
  type DatasetContext,
  type DatasetResult,
  type Row,
} from '#shared/dataset.ts';
import { rowKey } from '#shared/row-key.ts';
import { textOf } from '#shared/values.ts';
import { makeGauge, measureName, type Measure } from './measures.ts';
import { type Held } from './gauges.ts';
import { type Gauge } from './gauges.ts';
import { before } from './gauges.ts';

export interface AggregateDataInput {
  readonly dataset: string;
  readonly groupBy?: readonly string[];
  readonly measures?: readonly Measure[];
  readonly orderBy?: string;
  readonly descending?: boolean;
  readonly limit?: number;
  readonly into?: string;
}

export interface AggregateDataOutput extends DatasetResult {
  rowsRead: number;
  groups: number;
  valuesSkipped: number;
}

interface Group {
  readonly row: Row;
  readonly gauges: readonly Gauge[];
}

const maxGroups = 200_000;

/** Works out figures for each group of rows; without groups, for all rows together. */
export async function aggregateData(args: AggregateDataInput, context: DatasetContext): Promise<AggregateDataOutput> {
  const groupBy = args.groupBy ?? [];
  const measures = args.measures ?? [{ operation: 'count' as const }];
  const columns = [...groupBy, ...measures.map(measureName)];
  checkColumns(columns, args.orderBy);
  const groups = new Map<string, Group>();
  const held: Held = { count: 0 };
  const seen = new Set<string>();
  const count = counter(context, 'rows aggregated');
  let rowsRead = 0;
  let valuesSkipped = 0;
  const newGroup = (row: Row): Group => ({
    row: keysOf(row, groupBy),
    gauges: measures.map((measure) => makeGauge(measure, held)),
  });
  if (groupBy.length === 0) groups.set('', newGroup({}));
  for await (const row of datasetRows(context, args.dataset)) {
    count();
    rowsRead += 1;
    for (const column of Object.keys(row)) seen.add(column);
    const key = groupBy.length === 0 ? '' : (rowKey(row, groupBy, false) ?? '');
    let group = groups.get(key);
    if (!group) groups.set(key, (group = newGroup(row)));
    if (groups.size > maxGroups)
      throw new ToolError(`There are more than ${maxGroups} groups.`, 'Group by fewer columns.');
    for (const gauge of group.gauges) if (!gauge.add(row)) valuesSkipped += 1;
  }
  requireColumns(seen, [...groupBy, ...measures.flatMap((measure) => measure.column ?? [])]);
  const answers = [...groups.values()].map((group) => toRow(group, measures));
  const ordered = order(answers, args.orderBy ?? columns[0]!, args.descending ?? false).slice(0, args.limit);
  const result = await fillDataset(
    context,
    args.into ?? `${args.dataset.slice(0, 56)}_summary`,
    async (add) => {
      for (const row of ordered) await add(row);
    },
    columns,
  );
  return { ...result, rowsRead, groups: groups.size, valuesSkipped };
}

function keysOf(row: Row, groupBy: readonly string[]): Row {
  const keys = makeRow();
  for (const column of groupBy) keys[column] = row[column] ?? null;
  return keys;
}

function toRow(group: Group, measures: readonly Measure[]): Row {
  measures.forEach((measure, index) => {
    group.row[measureName(measure)] = group.gauges[index]!.result();
  });
  return group.row;
}

/** Missing values come last in both directions. */
function order(rows: Row[], column: string, descending: boolean): Row[] {
  return rows.toSorted((a, b) => {
    const [x = null, y = null] = [a[column], b[column]];
    if (textOf(x) === null || textOf(y) === null) return Number(textOf(x) === null) - Number(textOf(y) === null);
    const step = before(x, y) ? -1 : before(y, x) ? 1 : 0;
    return descending ? -step : step;
  });
}

function checkColumns(columns: readonly string[], orderBy: string | undefined): void {
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined)
    throw new ToolError(`Two columns of the answer are called “${twice}”.`, 'Give a measure another name with “as”.');
  if (orderBy === undefined || columns.includes(orderBy)) return;
  throw new ToolError(`The answer has no column “${orderBy.slice(0, 80)}”.`, `Order by one of ${columns.join(', ')}.`);
}
