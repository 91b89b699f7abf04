import type { JsonSchema } from '../../../../spec/index.ts';
import { isObject, list } from '../json.ts';

/** A reference that applies to the same value as the schema it stands in. */
interface Link {
  readonly holder: JsonSchema;
  readonly target: string;
  /** It is one of several alternatives. */
  readonly isChoice: boolean;
}

/**
 * Takes away references by which a schema is made of itself without going into a property or an item: validators would
 * follow them for ever. `found` hears the name of each schema that lost one.
 */
export function breakCircles(schemas: Record<string, JsonSchema>, found: (name: string) => void): void {
  const done = new Set<string>();
  const open = new Set<string>();
  for (const root of Object.keys(schemas)) {
    const path: { name: string; links: Link[]; at: number }[] = [];
    const enter = (name: string): void => {
      const schema = schemas[name];
      if (schema === undefined || done.has(name)) return;
      open.add(name);
      path.push({ name, links: linksOf(schema, false), at: 0 });
    };
    enter(root);
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const link = here.links[here.at];
      here.at += 1;
      if (link === undefined) {
        open.delete(here.name);
        done.add(here.name);
        path.pop();
      } else if (open.has(link.target)) {
        delete link.holder['$ref'];
        // As one of several alternatives it adds nothing to them.
        if (link.isChoice) link.holder['not'] = {};
        found(here.name);
      } else enter(link.target);
    }
  }
}

function linksOf(schema: unknown, isChoice: boolean): Link[] {
  if (!isObject(schema)) return [];
  const reference = schema['$ref'];
  const choices = ['anyOf', 'oneOf'].flatMap((keyword) => {
    const alternatives = list(schema[keyword]);
    return alternatives.flatMap((part) => linksOf(part, alternatives.length > 1));
  });
  const dependent = schema['dependentSchemas'];
  const parts = [
    ...list(schema['allOf']),
    ...['not', 'if', 'then', 'else'].map((keyword) => schema[keyword]),
    ...(isObject(dependent) ? Object.values(dependent) : []),
  ];
  return [
    ...(typeof reference === 'string'
      ? [{ holder: schema as JsonSchema, target: reference.replace('#/$defs/', ''), isChoice }]
      : []),
    ...choices,
    ...parts.flatMap((part) => linksOf(part, false)),
  ];
}
