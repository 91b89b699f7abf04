import type { Value } from '#shared/dataset.ts';
import { isoDate, readDate } from '#shared/dates.ts';
import { isEmailAddress } from '#shared/email.ts';
import { numberOf, shownValue, textOf } from '#shared/values.ts';

export interface TypeCount {
  type: string;
  count: number;
}

/** What is told about a column. */
export interface ColumnAnswer {
  name: string;
  /** The type of most values; `empty` when there is none. */
  type: string;
  types: TypeCount[];
  nulls: number;
  filledPercent: number;
  distinct: number;
  /** Whether `distinct` is exact; counting stops at 10,000. */
  distinctExact: boolean;
  minimum: string | null;
  maximum: string | null;
  mean: number | null;
  topValues: { value: string; count: number }[];
}

/** What is gathered of a column, in bounded memory. */
export interface ColumnTally {
  readonly types: Map<string, number>;
  readonly values: Map<string, number>;
  filled: number;
  more: boolean;
  sum: number;
  numbers: number;
  lowest: Extremes;
  highest: Extremes;
}

interface Extremes {
  number?: number;
  date?: string;
  text?: string;
}

const maxDistinct = 10_000;

export function newTally(): ColumnTally {
  return { types: new Map(), values: new Map(), filled: 0, more: false, sum: 0, numbers: 0, lowest: {}, highest: {} };
}

export function addValue(tally: ColumnTally, value: Value): void {
  const text = textOf(value);
  if (text === null) return;
  tally.filled += 1;
  const kind = kindOf(value, text);
  tally.types.set(kind.type, (tally.types.get(kind.type) ?? 0) + 1);
  if (kind.number !== undefined) {
    tally.sum += kind.number;
    tally.numbers += 1;
    widen(tally, 'number', kind.number);
  } else if (kind.date !== undefined) widen(tally, 'date', kind.date);
  else widen(tally, 'text', shownValue(text));
  const key = shownValue(text);
  const seen = tally.values.get(key);
  if (seen !== undefined || tally.values.size < maxDistinct) tally.values.set(key, (seen ?? 0) + 1);
  else tally.more = true;
}

export function describeColumn(name: string, tally: ColumnTally, rows: number, top: number): ColumnAnswer {
  const types = [...tally.types].map(([type, count]) => ({ type, count })).toSorted((a, b) => b.count - a.count);
  const kind = mainKind(types[0]?.type);
  const ranked = [...tally.values].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    name,
    type: types[0]?.type ?? 'empty',
    types,
    nulls: rows - tally.filled,
    filledPercent: rows === 0 ? 0 : Math.round((tally.filled / rows) * 1_000) / 10,
    distinct: tally.values.size,
    distinctExact: !tally.more,
    minimum: tally.lowest[kind]?.toString() ?? null,
    maximum: tally.highest[kind]?.toString() ?? null,
    mean: tally.numbers === 0 ? null : Number((tally.sum / tally.numbers).toPrecision(12)),
    topValues: ranked.slice(0, top).map(([value, count]) => ({ value, count })),
  };
}

function widen<Kind extends keyof Extremes>(tally: ColumnTally, kind: Kind, value: NonNullable<Extremes[Kind]>): void {
  const low = tally.lowest[kind];
  const high = tally.highest[kind];
  if (low === undefined || value < low) tally.lowest[kind] = value;
  if (high === undefined || value > high) tally.highest[kind] = value;
}

function mainKind(type: string | undefined): keyof Extremes {
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'date' ? 'date' : 'text';
}

function kindOf(value: Value, text: string): { type: string; number?: number; date?: string } {
  if (typeof value === 'object') return { type: 'nested' };
  if (typeof value === 'boolean' || /^(true|false|yes|no)$/i.test(text)) return { type: 'boolean' };
  // Digits with a leading zero are codes: post codes, article numbers.
  const number = /^0\d/.test(text) ? null : numberOf(value);
  if (number !== null) return { type: Number.isInteger(number) ? 'integer' : 'number', number };
  if (text.includes('@') && isEmailAddress(text)) return { type: 'email' };
  if (/^https?:\/\/\S+$/i.test(text)) return { type: 'url' };
  if (/^[+(]?\d[\d\s()./-]{6,20}$/.test(text) && !/^\d{4}-\d\d|\d\/\d|\d\.\d+\.\d/.test(text)) return { type: 'phone' };
  const reading = /\d/.test(text) && text.length <= 60 ? readDate(text) : undefined;
  if (reading && 'date' in reading) return { type: 'date', date: isoDate(reading) };
  return { type: 'text' };
}
