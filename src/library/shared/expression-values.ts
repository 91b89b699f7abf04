import type { Row, Value } from './dataset.ts';
import { numberOf, textOf } from './values.ts';

type Step = (row: Row) => Value;

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

export function compared(sign: string, left: Value, right: Value): boolean {
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

export function needNumber(value: Value): number {
  const number = numberOf(value);
  if (number === null) throw new Error(`“${joined(value).slice(0, 60)}” is not a number`);
  return number;
}

export function joined(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function bounded(text: string): string {
  if (text.length > maxText) throw new Error('gives a text that is too long');
  return text;
}
