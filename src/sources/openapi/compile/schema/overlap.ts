import { isObject, list, own } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Context } from '../types.ts';
import { factsOf } from './facts.ts';
import { behind } from './reference.ts';

/**
 * Whether every value that one would write for schema `b` also fits `a`, as far as types, listed values, required and
 * allowed properties tell. By `oneOf` such a value would never be right, though it is what the document describes.
 * `va` and `vb` are the values of the discriminator property `name` that choose each.
 */
export function covers(
  context: Context,
  a: unknown,
  b: unknown,
  va?: readonly string[],
  vb?: readonly string[],
  name?: string,
): boolean {
  if (va !== undefined && vb !== undefined && name !== undefined && !va.some((value) => vb.includes(value))) {
    // Told apart by a value that need not be there.
    return !(isObject(b) && factsOf(context, b).required.has(name));
  }
  return within(context, b, a, 0);
}

/** Whether values of `b` are values of `a`. */
function within(context: Context, b: unknown, a: unknown, depth: number): boolean {
  const wide = behind(context, a);
  const narrow = behind(context, b);
  if (wide === undefined || narrow === undefined) return a === true || (isObject(a) && Object.keys(a).length === 0);
  if (wide === narrow) return true;
  if (depth > 4 || !typesWithin(narrow, wide) || !valuesWithin(narrow, wide)) return false;
  if (['not', 'if', 'pattern', 'contains', 'minLength', 'minimum', 'minItems', 'format'].some((key) => own(wide, key) !== undefined && JSON.stringify(own(wide, key)) !== JSON.stringify(own(narrow, key)))) return false;
  const choices = [...list(wide['oneOf']), ...list(wide['anyOf'])];
  if (choices.length > 0 && !choices.some((choice) => within(context, narrow, choice, depth + 1))) return false;
  if (!propertiesWithin(context, narrow, wide, depth)) return false;
  const items = own(wide, 'items');
  return !isObject(items) || own(narrow, 'items') === undefined || within(context, own(narrow, 'items'), items, depth + 1);
}

const typeNames = (schema: JsonObject): readonly string[] => {
  const type = own(schema, 'type');
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((name): name is string => typeof name === 'string');
  if (isObject(own(schema, 'properties')) || Array.isArray(schema['required'])) return ['object'];
  return [];
};

function typesWithin(narrow: JsonObject, wide: JsonObject): boolean {
  const allowed = typeNames(wide);
  const given = typeNames(narrow).filter((type) => type !== 'null');
  if (allowed.length === 0 || composed(wide)) return true;
  if (given.length === 0) return composed(narrow) && allowed.includes('object');
  return given.every((type) => allowed.includes(type) || (type === 'integer' && allowed.includes('number')));
}

const composed = (schema: JsonObject): boolean =>
  ['allOf', 'oneOf', 'anyOf'].some((keyword) => list(schema[keyword]).length > 0) && own(schema, 'type') === undefined;

function valuesWithin(narrow: JsonObject, wide: JsonObject): boolean {
  const values = (schema: JsonObject): unknown[] | undefined =>
    Object.hasOwn(schema, 'const') ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : undefined;
  const allowed = values(wide);
  if (allowed === undefined) return true;
  const given = values(narrow);
  return given !== undefined && given.some((value) => allowed.includes(value));
}

function propertiesWithin(context: Context, narrow: JsonObject, wide: JsonObject, depth: number): boolean {
  const a = factsOf(context, wide);
  const b = factsOf(context, narrow);
  if ([...a.required].some((name) => !b.required.has(name))) return false;
  if (a.closed && [...b.names].some((name) => !a.names.has(name))) return false;
  for (const name of b.names) {
    if (!a.names.has(name)) continue;
    const theirs = property(context, wide, name, 0);
    const ours = property(context, narrow, name, 0);
    if (theirs === undefined || ours === undefined) continue;
    // A property that must be there and cannot fit tells the two apart; one that may be left out does not.
    if (b.required.has(name) && !within(context, ours, theirs, depth + 1)) return false;
  }
  return true;
}

function property(context: Context, raw: unknown, name: string, depth: number): unknown {
  const schema = behind(context, raw);
  if (schema === undefined || depth > 6) return undefined;
  const properties = own(schema, 'properties');
  if (isObject(properties) && Object.hasOwn(properties, name)) return properties[name];
  for (const part of list(schema['allOf'])) {
    const found = property(context, part, name, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
