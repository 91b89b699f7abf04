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
    inPlace(schema, false, (holder, isChoice) => {
      const target = String(holder['$ref']).replace('#/$defs/', '');
      if (!open.has(target)) return visit(target);
      delete holder['$ref'];
      // As one of several alternatives it adds nothing to them.
      if (isChoice) holder['not'] = {};
      found(name);
    });
    open.delete(name);
    done.add(name);
  };
  for (const name of Object.keys(schemas)) visit(name);
}

/** Visits references that apply to the same value as the schema they stand in. */
function inPlace(schema: unknown, isChoice: boolean, visit: (holder: JsonSchema, isChoice: boolean) => void): void {
  if (!isObject(schema)) return;
  if (typeof schema['$ref'] === 'string') visit(schema as JsonSchema, isChoice);
  for (const part of list(schema['allOf'])) inPlace(part, false, visit);
  for (const keyword of ['anyOf', 'oneOf'])
    for (const part of list(schema[keyword])) inPlace(part, list(schema[keyword]).length > 1, visit);
  for (const keyword of ['not', 'if', 'then', 'else']) inPlace(schema[keyword], false, visit);
  const dependent = schema['dependentSchemas'];
  for (const part of isObject(dependent) ? Object.values(dependent) : []) inPlace(part, false, visit);
}
