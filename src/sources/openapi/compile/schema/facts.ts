import { isObject, list, own, strings } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { isReadOnly } from './read-only.ts';
import { behind } from './reference.ts';

/** What a schema and the parts it is composed of say about the properties of one object. */
export interface Facts {
  /** Properties of the schema itself. */
  readonly own: ReadonlySet<string>;
  /** Properties of the schema and of all its parts and alternatives. */
  readonly names: ReadonlySet<string>;
  /** Properties that hold whatever alternative is chosen. */
  readonly shared: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
  readonly required: ReadonlySet<string>;
  /** It, or a part of it that always holds, allows only its own properties. */
  readonly closed: boolean;
}

/** Levels of composition that are looked into; people write three. */
const deepest = 60;

const known = new WeakMap<JsonObject, Facts>();

export function factsOf(context: Context, raw: JsonObject, open: ReadonlySet<JsonObject> = new Set()): Facts {
  const schema = behind(context, raw);
  if (schema === undefined || open.has(schema) || open.size > deepest) return nothing;
  const before = known.get(schema);
  if (before !== undefined) return before;
  const facts = gather(context, schema, new Set([...open, schema]));
  known.set(schema, facts);
  return facts;
}

const nothing: Facts = {
  own: new Set(),
  names: new Set(),
  shared: new Set(),
  readOnly: new Set(),
  required: new Set(),
  closed: false,
};

function gather(context: Context, schema: JsonObject, open: ReadonlySet<JsonObject>): Facts {
  const properties = isObject(own(schema, 'properties')) ? (schema['properties'] as JsonObject) : {};
  const self = new Set(Object.keys(properties));
  const parts = list(schema['allOf'])
    .filter(isObject)
    .map((part) => factsOf(context, part, open));
  const choices = [...list(schema['oneOf']), ...list(schema['anyOf'])]
    .filter(isObject)
    .map((part) => factsOf(context, part, open));
  const union = (pick: (facts: Facts) => ReadonlySet<string>, from: readonly Facts[]): string[] =>
    from.flatMap((facts) => [...pick(facts)]);
  return {
    own: self,
    names: new Set([...self, ...union(({ names }) => names, [...parts, ...choices])]),
    shared: new Set([...self, ...union(({ names }) => names, parts)]),
    readOnly: new Set([
      ...Object.keys(properties).filter((name) => isReadOnly(context, properties[name])),
      ...union(({ readOnly }) => readOnly, parts),
    ]),
    required: new Set([...strings(schema['required']), ...union(({ required }) => required, parts)]),
    closed: own(schema, 'additionalProperties') === false || parts.some(({ closed }) => closed),
  };
}
