import type { Value } from './dataset.ts';
import { comparable, textOf } from './values.ts';
import { needNumber, joined, bounded } from './expression-values.ts';

interface Function {
  readonly least: number;
  readonly most: number;
  /** Its arguments in words. */
  readonly takes: string;
  apply(values: readonly Value[]): Value;
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
