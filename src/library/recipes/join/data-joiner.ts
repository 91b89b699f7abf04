import { ToolError } from '#runtime/errors.ts';
import {
  counter,
  datasetColumns,
  datasetRows,
  fillDataset,
  requireColumns,
  type DatasetContext,
  type DatasetResult,
  type Row,
} from '#shared/dataset.ts';
import { rowKey } from '#shared/row-key.ts';
import { nameColumns, joined, rightOnly } from './joined-row.ts';

export interface JoinDataInput {
  readonly left: string;
  readonly right: string;
  readonly on: readonly { readonly left: string; readonly right?: string }[];
  readonly kind?: 'inner' | 'left' | 'full';
  readonly exact?: boolean;
  readonly into?: string;
}

export interface JoinDataOutput extends DatasetResult {
  leftRows: number;
  rightRows: number;
  leftWithoutMatch: number;
  rightWithoutMatch: number;
  renamedColumns: { was: string; column: string }[];
}

/** The right side, held in memory by key. */
interface RightSide {
  readonly rows: Map<string, RightRow[]>;
  /** Rows whose keys are missing; they match nothing. */
  readonly loose: Row[];
  readonly columns: Set<string>;
  count: number;
}

interface RightRow {
  readonly row: Row;
  matched: boolean;
}

const maxRightRows = 500_000;
const maxJoinedRows = 5_000_000;

/** Puts rows of two datasets with equal keys side by side. The left side is read as it comes, the right held in memory. */
export async function joinData(args: JoinDataInput, context: DatasetContext): Promise<JoinDataOutput> {
  const keys = { left: args.on.map((pair) => pair.left), right: args.on.map((pair) => pair.right ?? pair.left) };
  const kind = args.kind ?? 'inner';
  const leftColumns = await datasetColumns(context, args.left);
  requireColumns(leftColumns, keys.left);
  const right = await readRight(args, keys.right, context);
  requireColumns(right.columns, keys.right);
  const names = nameColumns(leftColumns, right.columns, keys);
  const tally = { leftRows: 0, leftWithoutMatch: 0, rightWithoutMatch: 0, joined: 0 };
  const into = args.into ?? `${args.left.slice(0, 31)}_${args.right.slice(0, 31)}`;
  const result = await fillDataset(context, into, async (add) => {
    const count = counter(context, 'rows joined');
    const put = async (row: Row): Promise<void> => {
      count();
      if (++tally.joined > maxJoinedRows) throw tooMany('The joined dataset', maxJoinedRows);
      await add(row);
    };
    for await (const row of datasetRows(context, args.left)) {
      tally.leftRows += 1;
      const matches = matchesOf(right, rowKey(row, keys.left, args.exact !== true));
      if (matches.length === 0) tally.leftWithoutMatch += 1;
      for (const match of matches) {
        match.matched = true;
        await put(joined(row, match.row, leftColumns, names));
      }
      if (matches.length === 0 && kind !== 'inner') await put(joined(row, {}, leftColumns, names));
    }
    for (const row of unmatched(right)) {
      tally.rightWithoutMatch += 1;
      if (kind === 'full') await put(rightOnly(row, leftColumns, names, keys));
    }
  });
  const { leftRows, leftWithoutMatch, rightWithoutMatch } = tally;
  const renamedColumns = [...names].filter(([was, column]) => was !== column).map(([was, column]) => ({ was, column }));
  return {
    ...result,
    leftRows,
    rightRows: right.count,
    leftWithoutMatch,
    rightWithoutMatch,
    renamedColumns: renamedColumns.slice(0, 100),
  };
}

async function readRight(args: JoinDataInput, keys: readonly string[], context: DatasetContext): Promise<RightSide> {
  const right: RightSide = { rows: new Map(), loose: [], columns: new Set(), count: 0 };
  for await (const row of datasetRows(context, args.right)) {
    if (++right.count > maxRightRows) throw tooMany(`The right dataset ${args.right}`, maxRightRows);
    for (const column of Object.keys(row)) right.columns.add(column);
    const key = rowKey(row, keys, args.exact !== true);
    if (key === undefined) right.loose.push(row);
    else if (!right.rows.get(key)?.push({ row, matched: false })) right.rows.set(key, [{ row, matched: false }]);
  }
  return right;
}

function matchesOf(right: RightSide, key: string | undefined): RightRow[] {
  return (key === undefined ? undefined : right.rows.get(key)) ?? [];
}

function* unmatched(right: RightSide): Generator<Row> {
  for (const rows of right.rows.values()) for (const { row, matched } of rows) if (!matched) yield row;
  yield* right.loose;
}

function tooMany(what: string, limit: number): ToolError {
  return new ToolError(`${what} has more than ${limit} rows.`, 'Filter the data first, or join on more columns.');
}
