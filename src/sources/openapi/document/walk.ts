import { isObject, step } from './tree.ts';
import type { JsonObject } from './types.ts';

/** Keywords whose value holds objects by free names, so that no name in it is a keyword. */
const maps = new Set(
  [
    'paths webhooks pathItems additionalOperations callbacks responses requestBodies links headers',
    'content encoding examples schemas parameters securitySchemes securityDefinitions mediaTypes',
    'properties patternProperties $defs definitions dependentSchemas variables',
  ].flatMap((line) => line.split(' ')),
);

/** Keywords whose value is data: what looks like a reference in it is none. */
const data = new Set([
  'example',
  'default',
  'const',
  'enum',
  'value',
  'dataValue',
  'serializedValue',
  'x-example',
  'x-examples',
]);

/** An object that is not a map of names: itself, and where it stands. */
export type Visit = (object: JsonObject, where: string) => void;

/**
 * Visits every object of a document (OpenAPI, JSON Schema) that can carry keywords, before those in it; extensions too,
 * data such as examples and defaults not. Objects that a visit hangs in are visited as well.
 */
export function walk(value: unknown, visit: Visit, where = '#', isMap = false): void {
  if (Array.isArray(value)) {
    for (const [index, child] of value.entries())
      if (typeof child === 'object') walk(child, visit, `${where}/${index}`);
    return;
  }
  if (!isObject(value)) return;
  if (!isMap) visit(value, where);
  for (const key of Object.keys(value)) {
    const child = value[key];
    if (typeof child !== 'object' || child === null) continue;
    if (!isMap && (data.has(key) || (key === 'examples' && Array.isArray(child)))) continue;
    walk(child, visit, where + step(key), !isMap && maps.has(key));
  }
}
