import { ToolError } from '#runtime/errors.ts';
import { makeRow, type Row, type Value } from './dataset.ts';

const maxDepth = 64;

/** A record from a parsed value: an object as it is, anything else as `{ value }`. Throws ToolError when it is nested too deep. */
export function recordOf(value: unknown, flatten: boolean): Row {
  const record = isObject(value) ? value : { value: value as Value };
  checkDepth(record, 0);
  return flatten ? flattened(record) : makeRow(record);
}

export function isObject(value: unknown): value is { [key: string]: Value } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A list of records found in a document, and where. */
export interface Records {
  readonly path: string;
  readonly items: readonly Value[];
}

/** Every list of objects in a document down to four levels, the longest first. */
export function recordLists(document: Value): Records[] {
  const found: Records[] = [];
  const visit = (value: Value, path: string, depth: number): void => {
    if (Array.isArray(value)) {
      if (value.some(isObject)) found.push({ path, items: value });
      return;
    }
    if (!isObject(value) || depth === 4) return;
    for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`, depth + 1);
  };
  visit(document, '', 0);
  return found.toSorted((a, b) => b.items.length - a.items.length);
}

/** The value at a dotted path; undefined when there is none. */
export function valueAt(document: Value, path: string): Value | undefined {
  let value: Value | undefined = document;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as { [key: string]: Value })[key];
  }
  return value;
}

/** Nested objects as dotted columns; lists stay as they are. */
function flattened(record: { [key: string]: Value }): Row {
  const row = makeRow();
  const put = (value: { [key: string]: Value }, prefix: string): void => {
    for (const [key, child] of Object.entries(value)) {
      if (isObject(child) && Object.keys(child).length > 0) put(child, `${prefix}${key}.`);
      else row[`${prefix}${key}`] = child;
    }
  };
  put(record, '');
  return row;
}

function checkDepth(value: unknown, depth: number): void {
  if (value === null || typeof value !== 'object') return;
  if (depth > maxDepth)
    throw new ToolError(`A record is nested deeper than ${maxDepth} levels.`, 'Check that the file is the right one.');
  for (const child of Object.values(value)) checkDepth(child, depth + 1);
}
