import { requireColumns, type Row, type Value } from '#shared/dataset.ts';
import { parseExpression } from '#shared/expression.ts';

/** Tells of a value that could not be changed; it stays as it is. */
export type Problem = (column: string, value: Value | undefined, reason: string) => void;

/** A change ready to be made. Returns the new row, or undefined when the row is filtered out. */
export interface TransformStep {
  /** Columns after it. */
  readonly columns: readonly string[];
  apply(row: Row, problem: Problem): Row | undefined;
}

/** A step that keeps the rows for which an expression is true. */
export function filter(source: string, all: readonly string[]): TransformStep {
  const expression = parseExpression(source);
  requireColumns(new Set(all), expression.columns);
  return {
    columns: all,
    apply(row, problem) {
      try {
        const kept = expression.evaluate(row);
        return kept === true || (typeof kept === 'number' && kept !== 0) ? row : undefined;
      } catch (error) {
        problem('(filter)', source, messageOf(error));
        return row;
      }
    },
  };
}

/** A step that puts the value of an expression into a column. */
export function derive(to: string, source: string, all: readonly string[]): TransformStep {
  const expression = parseExpression(source);
  requireColumns(new Set(all), expression.columns);
  return {
    columns: [...new Set([...all, to])],
    apply(row, problem) {
      try {
        row[to] = expression.evaluate(row);
      } catch (error) {
        row[to] = null;
        problem(to, null, messageOf(error));
      }
      return row;
    },
  };
}

/** A step that puts a text with {columns} into a column. */
export function template(to: string, source: string, all: readonly string[]): TransformStep {
  const columns = [...source.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);
  requireColumns(new Set(all), columns);
  const text = (value: Value | undefined): string =>
    value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return {
    columns: [...new Set([...all, to])],
    apply(row) {
      row[to] = source.replace(/\{([^{}]+)\}/g, (_, column: string) => text(row[column])).trim();
      return row;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
