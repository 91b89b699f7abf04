import { ToolError } from '#runtime/errors.ts';

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type RecordValue = { [key: string]: Value };

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Steps of a path such as `customer.emails[0].address`; an empty path has none. */
export function pathSteps(path: string): string[] {
  const steps = path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '');
  const bad = steps.find((step) => forbidden.has(step));
  if (bad !== undefined)
    throw new ToolError(`The field path "${path}" uses the reserved name "${bad}".`, 'Use another field name.');
  return steps;
}

/** Value at a path, or undefined where any step is missing. Only own fields are looked at. */
export function getField(value: unknown, path: string): Value | undefined {
  let current: unknown = value;
  for (const step of pathSteps(path)) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return current as Value | undefined;
}

/** Sets a value at a path, making the objects between. */
export function setField(target: RecordValue, path: string, value: Value): void {
  const steps = pathSteps(path);
  const last = steps.pop();
  if (last === undefined)
    throw new ToolError('A field path is empty.', 'Name the field to set, such as `customer.name`.');
  let current = target;
  for (const step of steps) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined;
    if (isRecord(next)) current = next;
    else current = current[step] = {};
  }
  current[last] = value;
}

export function isRecord(value: unknown): value is RecordValue {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
