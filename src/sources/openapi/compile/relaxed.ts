import type { Json, JsonSchema } from '../../../spec/index.ts';
import { isObject, list, own } from './json.ts';
import type { JsonObject } from './json.ts';
import { behind } from './schema/reference.ts';
import { typesOf } from './schema/simple.ts';
import { types as knownTypes } from './schema/type-words.ts';
import type { Context } from './types.ts';

/** Levels of properties and number of properties that an answer's schema shows: a listing stays small. */
const deepest = 3;
const most = 40;
/** Alternatives of alternatives are looked at no further than this. */
const mostSteps = 300;

/**
 * The documented schema of an answer without what a real answer may break: no required properties, listed values,
 * patterns, formats or bounds; null anywhere; further properties anywhere. What lies deep is any value.
 */
export function relaxed(context: Context, raw: unknown): JsonSchema {
  const known = cache.get(context)?.get(raw);
  if (known !== undefined) return known;
  const made = look(context, raw, { depth: 0, left: most, steps: { left: mostSteps }, open: new Set() });
  if (!cache.has(context)) cache.set(context, new Map());
  cache.get(context)?.set(raw, made);
  return made;
}

const cache = new WeakMap<Context, Map<unknown, JsonSchema>>();

interface Budget {
  depth: number;
  left: number;
  /** Schemas that may still be looked at, in all branches together. */
  readonly steps: { left: number };
  readonly open: ReadonlySet<JsonObject>;
}

function look(context: Context, raw: unknown, budget: Budget): JsonSchema {
  const schema = behind(context, raw);
  budget.steps.left -= 1;
  if (schema === undefined || budget.open.has(schema) || budget.left <= 0 || budget.steps.left < 0) return {};
  const inner: Budget = { ...budget, open: new Set([...budget.open, schema]) };
  const alternatives = [...list(schema['oneOf']), ...list(schema['anyOf'])];
  const whole = merged(context, schema);
  if (alternatives.length > 0 && whole.properties.length === 0) return either(context, alternatives, inner, budget);
  const types = whole.types.length > 0 ? whole.types : whole.properties.length > 0 ? ['object'] : [];
  const out: { [keyword: string]: Json } = {};
  if (types.length > 0)
    out['type'] = [...new Set([...types.map((type) => (type === 'integer' ? 'number' : type)), 'null'])];
  if (types.includes('array') && whole.items !== undefined && !types.includes('object')) {
    const items = look(context, whole.items, inner);
    if (Object.keys(items).length > 0) out['items'] = items;
  }
  if (types.includes('object') && budget.depth < deepest && alternatives.length === 0) {
    inner.depth += 1;
    // The level's own names first: what lies deeper takes what is left.
    const here = whole.properties.slice(0, inner.left);
    inner.left -= here.length;
    const properties = here.map(([name, child]): [string, JsonSchema] => [name, look(context, child, inner)]);
    if (properties.length > 0) out['properties'] = Object.fromEntries(properties);
  }
  budget.left = inner.left;
  return out;
}

function either(context: Context, alternatives: readonly unknown[], inner: Budget, budget: Budget): JsonSchema {
  const made = alternatives.slice(0, 5).map((alternative) => look(context, alternative, inner));
  budget.left = inner.left;
  const distinct = [...new Map(made.map((schema) => [JSON.stringify(schema), schema])).values()];
  if (alternatives.length > 5 || distinct.some((schema) => Object.keys(schema).length === 0)) return {};
  return distinct.length === 1 ? (distinct[0] ?? {}) : { anyOf: distinct };
}

interface Merged {
  readonly types: string[];
  readonly properties: [string, unknown][];
  readonly items: unknown;
}

const mergedBefore = new WeakMap<JsonObject, Merged>();
const nothing: Merged = { types: [], properties: [], items: undefined };

/** A schema with its `allOf` parts as one. Types that contradict each other are dropped: then any value fits. */
function merged(context: Context, schema: JsonObject, depth = 0): Merged {
  const before = mergedBefore.get(schema);
  if (before !== undefined) return before;
  // What comes back to itself adds nothing.
  mergedBefore.set(schema, nothing);
  const made = merge(context, schema, depth);
  mergedBefore.set(schema, made);
  return made;
}

function merge(context: Context, schema: JsonObject, depth: number): Merged {
  const declared = own(schema, 'properties');
  const properties = new Map(
    isObject(declared) ? Object.entries(declared).filter(([name, child]) => isShown(name, child)) : [],
  );
  let types = (typesOf(schema) ?? []).filter((type) => knownTypes.includes(type as never));
  let items = own(schema, 'items');
  for (const part of depth > 60 ? [] : list(schema['allOf'])) {
    const target = behind(context, part);
    if (target === undefined) continue;
    const other = merged(context, target, depth + 1);
    for (const [name, child] of other.properties) if (!properties.has(name)) properties.set(name, child);
    if (types.length === 0) types = other.types;
    else if (other.types.length > 0 && !other.types.some((type) => types.includes(type))) types = [];
    items ??= other.items;
  }
  return { types, properties: [...properties], items: isObject(items) ? items : undefined };
}

/** What every object inherits, such as `constructor`, clients take for given where an answer lacks it, and refuse. */
const isShown = (name: string, child: unknown): boolean =>
  /^[\w$.@:[\]/ -]{1,40}$/.test(name) &&
  !(name in Object.prototype) &&
  !(isObject(child) && child['writeOnly'] === true);

/** The properties of an answer with their schemas, parts of `allOf` included: for finding out where pages and items are. */
export function answerProperties(context: Context, raw: unknown): Map<string, JsonObject> {
  const schema = behind(context, raw);
  if (schema === undefined) return new Map();
  return new Map(
    merged(context, schema).properties.flatMap(([name, child]): [string, JsonObject][] => {
      const target = behind(context, child);
      return target === undefined ? [] : [[name, target]];
    }),
  );
}

export function isArray(context: Context, raw: unknown): boolean {
  const schema = behind(context, raw);
  return schema !== undefined && merged(context, schema).types.includes('array');
}
