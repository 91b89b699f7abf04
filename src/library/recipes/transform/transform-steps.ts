import { ToolError } from '#runtime/errors.ts';
import { makeRow, requireColumns } from '#shared/dataset.ts';
import { textOf } from '#shared/values.ts';
import { caseTo, castTo, date, email, phone, trim, type Convert, type ConvertOptions } from './convert-value.ts';
import { derive, filter, template, type TransformStep } from './row-steps.ts';
import { one, some, need, wrongWord } from './operation-parts.ts';
import type { Operation } from './operation-parts.ts';

/** Prepares an operation for the columns it will meet. Throws ToolError when a part is missing or a column is not there. */
export function stepOf(operation: Operation, all: readonly string[], options: ConvertOptions): TransformStep {
  const chosen = operation.columns ?? [];
  requireColumns(new Set(all), chosen);
  switch (operation.operation) {
    case 'rename':
      return rename(one(operation), need(operation, 'to'), all);
    case 'keep':
      return selecting(some(operation));
    case 'drop':
      return selecting(all.filter((column) => !some(operation).includes(column)));
    case 'filter':
      return filter(need(operation, 'expression'), all);
    case 'derive':
      return derive(need(operation, 'to'), need(operation, 'expression'), all);
    case 'template':
      return template(need(operation, 'to'), need(operation, 'value'), all);
    case 'trim':
      return converting(chosen.length === 0 ? all : chosen, trim, all);
    default:
      return converting(some(operation), converterOf(operation, options), all);
  }
}

/** A step that changes the values of some columns. */
export function converting(columns: readonly string[], convert: Convert, all: readonly string[]): TransformStep {
  return {
    columns: all,
    apply(row, problem) {
      for (const column of columns) {
        const value = row[column];
        if (value === undefined) continue;
        const converted = convert(value, row);
        if ('value' in converted) row[column] = converted.value;
        else problem(column, value, converted.reason);
      }
      return row;
    },
  };
}

/** A step that gives all columns new names, in the same order. */
export function renaming(names: ReadonlyMap<string, string>): TransformStep {
  return {
    columns: [...names.values()],
    apply(row) {
      const renamed = makeRow();
      for (const [column, value] of Object.entries(row)) renamed[names.get(column) ?? column] = value;
      return renamed;
    },
  };
}

function converterOf(operation: Operation, options: ConvertOptions): Convert {
  const { to, value, find } = operation;
  switch (operation.operation) {
    case 'email':
      return email;
    case 'phone':
      return phone(options);
    case 'date':
      return date(options);
    case 'cast':
      return castTo(to) ?? wrongWord(operation, 'number, integer, boolean or text');
    case 'case':
      return caseTo(to) ?? wrongWord(operation, 'lower, upper, title or sentence');
    case 'fill':
      need(operation, 'value');
      return (old) => ({ value: textOf(old) === null ? value! : old });
    default:
      need(operation, 'find');
      return (old) => ({ value: typeof old === 'string' ? old.replaceAll(find!, () => value ?? '') : old });
  }
}

export function rename(from: string, to: string, all: readonly string[]): TransformStep {
  if (to !== from && all.includes(to))
    throw new ToolError(`There is a column “${to}” already.`, 'Drop it first, or choose another name.');
  return renaming(new Map(all.map((column) => [column, column === from ? to : column])));
}

function selecting(kept: readonly string[]): TransformStep {
  return {
    columns: kept,
    apply(row) {
      const selected = makeRow();
      for (const column of kept) if (row[column] !== undefined) selected[column] = row[column];
      return selected;
    },
  };
}
