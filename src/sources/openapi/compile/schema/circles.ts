import type { JsonSchema } from '../../../../spec/index.ts';
import { isObject, list } from '../json.ts';

/**
 * Takes away references by which a schema is made of itself without going into a property or an item: validators would
 * follow them for ever. `found` hears the name of each schema that lost one.
 */
export function breakCircles(schemas: Record<string, JsonSchema>, found: (name: string) => void): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const visit = (name: string): void => {
    const schema = schemas[name];
    if (schema === undefined || done.has(name)) return;
    open.add(name);
    inPlace(schema, (holder) => {
      const target = String(holder['$ref']).replace('#/$defs/', '');
      if (open.has(target)) {
        delete holder['$ref'];
        found(name);
      } else visit(target);
    });
    open.delete(name);
    done.add(name);
  };
  for (const name of Object.keys(schemas)) visit(name);
}

/** Visits references that apply to the same value as the schema they stand in. */
function inPlace(schema: unknown, visit: (holder: JsonSchema) => void): void {
  if (!isObject(schema)) return;
  if (typeof schema['$ref'] === 'string') visit(schema as JsonSchema);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) for (const part of list(schema[keyword])) inPlace(part, visit);
  for (const keyword of ['not', 'if', 'then', 'else']) inPlace(schema[keyword], visit);
  if (isObject(schema['dependentSchemas'])) for (const part of Object.values(schema['dependentSchemas'])) inPlace(part, visit);
}
