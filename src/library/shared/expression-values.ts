import type { Row, Value } from './dataset.ts';
import { comparable, numberOf, textOf } from './values.ts';

type Step = (row: Row) => Value;

interface Function {
  readonly least: number;
  readonly most: number;
  /** Its arguments in words. */
  readonly takes: string;
  apply(values: readonly Value[]): Value;
}

const maxText = 100_000;

/** The step of an operator with two sides. Arithmetic with a missing value is missing. */
export function binary(sign: string, left: Step, right: Step): Step {
  if (sign === '&&') return (row) => truthy(left(row)) && truthy(right(row));
  if (sign === '||') return (row) => truthy(left(row)) || truthy(right(row));
  if (sign === '&') return (row) => bounded(joined(left(row)) + joined(right(row)));
  if (/^[=!<>]/.test(sign)) return (row) => compared(sign, left(row), right(row));
  return (row) => {
    const [a, b] = [left(row), right(row)];
    if (textOf(a) === null || textOf(b) === null) return null;
    return arithmetic(sign, needNumber(a), needNumber(b));
  };
}

export function truthy(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && value !== 'false';
}

function arithmetic(sign: string, a: number, b: number): Value {
  const result = sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : sign === '/' ? a / b : a % b;
  if (!Number.isFinite(result)) throw new Error(b === 0 ? 'is divided by zero' : 'gives a number that is too large');
  // Takes away what binary fractions add: 0.1 + 0.2 is 0.3.
  return Number(result.toPrecision(15));
}

function compared(sign: string, left: Value, right: Value): boolean {
  const [a, b] = [numberOf(left), numberOf(right)];
  const order = a !== null && b !== null ? a - b : textOrder(joined(left), joined(right));
  if (sign === '==') return order === 0;
  if (sign === '!=') return order !== 0;
  if (left === null || right === null) return false;
  return sign === '<' ? order < 0 : sign === '<=' ? order <= 0 : sign === '>' ? order > 0 : order >= 0;
}

function textOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function needNumber(value: Value): number {
  const number = numberOf(value);
  if (number === null) throw new Error(`“${joined(value).slice(0, 60)}” is not a number`);
  return number;
}

function joined(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function bounded(text: string): string {
  if (text.length > maxText) throw new Error('gives a text that is too long');
  return text;
}

const one = (apply: (value: Value) => Value): Function => ({
  least: 1,
  most: 1,
  takes: 'one value',
  apply: ([value = null]) => apply(value),
});
const ofText = (change: (text: string) => Value): Function =>
  one((value) => (value === null ? null : change(joined(value))));
const ofNumber = (change: (number: number) => number): Function =>
  one((value) => (textOf(value) === null ? null : change(needNumber(value))));
const ofTwo = (apply: (text: string, part: string) => Value): Function => ({
  least: 2,
  most: 2,
  takes: 'two values',
  apply: ([text, part]) => apply(joined(text), joined(part)),
});
const ofMany = (takes: string, apply: (values: readonly Value[]) => Value): Function => ({
  least: 1,
  most: 20,
  takes,
  apply,
});

function round(values: readonly Value[]): Value {
  if (textOf(values[0]) === null) return null;
  const digits = Math.min(12, Math.max(0, needNumber(values[1] ?? 0)));
  const number = needNumber(values[0]!);
  return Math.abs(number) >= 1e15
    ? number
    : Number(`${Math.round(Number(`${Number(number.toPrecision(15))}e${Math.trunc(digits)}`))}e-${Math.trunc(digits)}`);
}

function extreme(pick: (...numbers: number[]) => number): (values: readonly Value[]) => Value {
  return (values) => {
    const numbers = values.filter((value) => textOf(value) !== null).map(needNumber);
    return numbers.length === 0 ? null : pick(...numbers);
  };
}

/** All functions of the expression language. Texts are compared without regard to case in `contains` and its like. */
export const functions: Readonly<Record<string, Function>> = {
  upper: ofText((text) => text.toUpperCase()),
  lower: ofText((text) => text.toLowerCase()),
  trim: ofText((text) => text.trim()),
  length: one((value) => [...joined(value)].length),
  number: one((value) => (textOf(value) === null ? null : needNumber(value))),
  text: one((value) => joined(value)),
  abs: ofNumber(Math.abs),
  floor: ofNumber(Math.floor),
  ceil: ofNumber(Math.ceil),
  round: { least: 1, most: 2, takes: 'a number and digits', apply: round },
  min: ofMany('up to 20 numbers', extreme(Math.min)),
  max: ofMany('up to 20 numbers', extreme(Math.max)),
  coalesce: ofMany('up to 20 values', (values) => values.find((value) => textOf(value) !== null) ?? null),
  contains: ofTwo((text, part) => comparable(text).includes(comparable(part))),
  starts_with: ofTwo((text, part) => comparable(text).startsWith(comparable(part))),
  ends_with: ofTwo((text, part) => comparable(text).endsWith(comparable(part))),
  replace: {
    least: 3,
    most: 3,
    takes: 'a text, what to find and what to put there',
    apply: ([text, find, put]) =>
      joined(find) === '' ? joined(text) : bounded(joined(text).split(joined(find)).join(joined(put))),
  },
  substring: {
    least: 2,
    most: 3,
    takes: 'a text, the first character (from 1) and a length',
    apply: ([text, first = null, length = null]) => {
      const start = Math.max(1, needNumber(first)) - 1;
      return [...joined(text)]
        .slice(start, length === null ? undefined : start + Math.max(0, needNumber(length)))
        .join('');
    },
  },
};
