import { ToolError } from '#runtime/errors.ts';

/** One change, as a caller writes it. */
export interface Operation {
  readonly operation:
    | 'rename'
    | 'trim'
    | 'case'
    | 'cast'
    | 'email'
    | 'phone'
    | 'date'
    | 'replace'
    | 'fill'
    | 'derive'
    | 'template'
    | 'filter'
    | 'keep'
    | 'drop';
  readonly columns?: readonly string[];
  readonly to?: string;
  readonly expression?: string;
  readonly find?: string;
  readonly value?: string;
}

export function one(operation: Operation): string {
  const [column, ...others] = operation.columns ?? [];
  if (column === undefined || others.length > 0)
    throw new ToolError('rename needs exactly one column.', 'Give columns: ["old name"] and to: "new name".');
  return column;
}

export function some(operation: Operation): readonly string[] {
  if (operation.columns && operation.columns.length > 0) return operation.columns;
  throw new ToolError(`${operation.operation} needs columns.`, 'Give columns: ["name", …].');
}

export function need(operation: Operation, part: 'to' | 'expression' | 'find' | 'value'): string {
  const value = operation[part];
  if (value !== undefined && (value !== '' || part === 'value')) return value;
  throw new ToolError(`${operation.operation} needs “${part}”.`, `Add “${part}” to the operation.`);
}

export function wrongWord(operation: Operation, words: string): never {
  throw new ToolError(`${operation.operation} needs “to” to be ${words}.`, 'Correct the operation.');
}
