import { ToolError } from '#runtime/errors.ts';
import type { Row, Value } from '#shared/dataset.ts';
import { comparable, numberOf, textOf } from '#shared/values.ts';

/** Gathers the values of a group for one figure. */
export interface Gauge {
  /** Returns false when the value is there but is no number, though the figure needs one. */
  add(row: Row): boolean;
  result(): Value;
}

const maxHeld = 2_000_000;

/** Counts what all gauges hold together, so that medians and distinct counts stay within memory. */
export interface Held {
  count: number;
}

export function countGauge(column: string | undefined): Gauge {
  let count = 0;
  return {
    add(row) {
      if (column === undefined || textOf(row[column]) !== null) count += 1;
      return true;
    },
    result: () => count,
  };
}

/** Sums with compensation, so that many small amounts add up without drift. */
export function sumGauge(column: string, average: boolean): Gauge {
  let [sum, lost, count] = [0, 0, 0];
  return {
    add: (row) =>
      withNumber(row[column], (number) => {
        const next = sum + number;
        lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
        sum = next;
        count += 1;
      }),
    result: () => (average ? (count === 0 ? null : tidy((sum + lost) / count)) : tidy(sum + lost)),
  };
}

export function medianGauge(column: string, held: Held): Gauge {
  const numbers: number[] = [];
  return {
    add: (row) =>
      withNumber(row[column], (number) => {
        hold(held);
        numbers.push(number);
      }),
    result() {
      numbers.sort((a, b) => a - b);
      const middle = numbers.length / 2;
      if (numbers.length === 0) return null;
      return Number.isInteger(middle)
        ? tidy((numbers[middle - 1]! + numbers[middle]!) / 2)
        : numbers[Math.floor(middle)]!;
    },
  };
}

/** By number where both are numbers, else as texts; ISO dates are in order as texts. */
export function extremeGauge(column: string, smallest: boolean): Gauge {
  let best: Value = null;
  return {
    add(row) {
      const value = row[column] ?? null;
      if (textOf(value) !== null && (best === null || before(value, best) === smallest))
        best = numberOf(value) ?? value;
      return true;
    },
    result: () => best,
  };
}

export function distinctGauge(column: string, held: Held): Gauge {
  const values = new Set<string>();
  return {
    add(row) {
      const text = comparable(row[column]);
      if (text !== '' && !values.has(text)) {
        hold(held);
        values.add(text);
      }
      return true;
    },
    result: () => values.size,
  };
}

/** Whether a value stands before another in order: numbers by size, before texts. */
export function before(a: Value, b: Value): boolean {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x < y;
  if (x !== null || y !== null) return x !== null;
  return (textOf(a) ?? '') < (textOf(b) ?? '');
}

function withNumber(value: Value | undefined, use: (number: number) => void): boolean {
  const number = numberOf(value);
  if (number !== null) use(number);
  return number !== null || textOf(value) === null;
}

function hold(held: Held): void {
  held.count += 1;
  if (held.count <= maxHeld) return;
  throw new ToolError(
    `Median and distinct need more than ${maxHeld} values in memory.`,
    'Filter the data first, or use average.',
  );
}

function tidy(number: number): number {
  return Number(number.toPrecision(15));
}
