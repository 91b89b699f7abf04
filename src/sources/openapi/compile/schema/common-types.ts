import { isObject, list } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { behind } from './reference.ts';
import { typesOf } from './simple.ts';
import { types as words } from './type-words.ts';

type Types = ReadonlySet<string> | undefined;

const known = new WeakMap<JsonObject, { readonly types: Types }>();

/** Types, other than null, that a value may have by a schema and its `allOf`; undefined when they do not say, empty when no value fits. */
export function commonTypes(context: Context, raw: JsonObject): Types {
  const before = known.get(raw);
  if (before !== undefined) return before.types;
  // Of a schema that is part of itself, the inner one says nothing more.
  known.set(raw, { types: undefined });
  let types = ownTypes(raw);
  for (const part of list(raw['allOf'])) {
    const schema = isObject(part) ? behind(context, part) : undefined;
    const more = schema && commonTypes(context, schema);
    types = types && more ? new Set([...types].filter((type) => more.has(type))) : (types ?? more);
  }
  known.set(raw, { types });
  return types;
}

/** A number may be an integer; a word that is no type says nothing. */
function ownTypes(raw: JsonObject): Types {
  const given = typesOf(raw);
  if (given === undefined || given.some((type) => !words.includes(type as never))) return undefined;
  const types = given.filter((type) => type !== 'null');
  if (types.length === 0) return undefined;
  return new Set(types.includes('number') ? [...types, 'integer'] : types);
}
