import type { Json, JsonSchema } from '../../spec/index.ts';
import type { Random } from '../random.ts';
import { isSchema } from './validate.ts';
import { text, count, bound, openTexts, type LikePattern } from './sample-text.ts';

/**
 * A value made from a schema: valid for ordinary schemas, otherwise near it (callers judge with a validator).
 * `plain` gives the simplest value, without chance.
 */
export function sample(schema: JsonSchema, random: Random, plain = false, milliseconds = mostMilliseconds): Json {
  const likePattern = texts.get(schema) ?? openTexts();
  texts.set(schema, likePattern);
  const until = performance.now() + milliseconds;
  return grow(schema, { random, plain, root: schema, likePattern, left: mostParts, until }, 0);
}

const texts = new WeakMap<JsonSchema, LikePattern>();

/** Parts of one value after which optional ones are left out: schemas of large APIs have no end. */
const mostParts = 2000;

/** For one value, then what is left of it is null: strangers can also demand parts without end. */
const mostMilliseconds = 1000;

interface Growing {
  readonly random: Random;
  readonly plain: boolean;
  readonly root: JsonSchema;
  readonly likePattern: LikePattern;
  left: number;
  readonly until: number;
}

function grow(schema: JsonSchema, state: Growing, depth: number): Json {
  if (depth > 8 || performance.now() > state.until) return null;
  const { random, root } = state;
  const plain = state.plain || --state.left < 0;
  const again = (child: unknown): Json => (isSchema(child) ? grow(child, state, depth + 1) : null);
  if (typeof schema['$ref'] === 'string') return again(resolve(schema['$ref'], root));
  if ('const' in schema) return schema['const']!;
  const choices = schema['enum'];
  if (Array.isArray(choices) && choices.length > 0) return plain ? choices[0]! : random.pick(choices);
  if ('default' in schema && (plain || random.int(0, 3) === 0)) return schema['default']!;
  const given = schema['examples'];
  if (Array.isArray(given) && given.length > 0 && (plain || random.int(0, 2) === 0))
    return plain ? given[0]! : random.pick(given);
  for (const keyword of ['anyOf', 'oneOf']) {
    const variants = schema[keyword];
    if (Array.isArray(variants) && variants.length > 0)
      return again(merge(schema, keyword, plain ? variants[0] : random.pick(variants)));
  }
  if (Array.isArray(schema['allOf']))
    return again(schema['allOf'].reduce<Json>((sum, part) => merge(sum, 'allOf', part), schema));
  return ofType(schema, state, plain, again);
}

function ofType(
  schema: JsonSchema,
  { random, likePattern }: Growing,
  plain: boolean,
  again: (child: unknown) => Json,
): Json {
  const declared = schema['type'];
  const type = Array.isArray(declared)
    ? plain
      ? declared[0]
      : random.pick(declared)
    : (declared ?? guessType(schema));
  switch (type) {
    case 'object':
      return object(schema, random, plain, again);
    case 'array':
      return array(schema, random, plain, again);
    case 'string':
      return text(schema, random, plain, likePattern);
    case 'integer':
    case 'number':
      return number(schema, random, plain, type === 'integer');
    case 'boolean':
      return plain ? true : random.int(0, 1) === 1;
    case 'null':
      return null;
    default:
      return plain ? 'text' : random.pick<Json>(['text', 1, true, null, [], {}]);
  }
}

function guessType(schema: JsonSchema): string | undefined {
  if (isSchema(schema['properties'])) return 'object';
  if (schema['items'] !== undefined) return 'array';
  if (schema['pattern'] !== undefined || schema['maxLength'] !== undefined) return 'string';
  return undefined;
}

function object(schema: JsonSchema, random: Random, plain: boolean, again: (child: unknown) => Json): Json {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const entries = Object.entries(properties)
    .filter(([name]) => required.has(name) || (!plain && random.int(0, 1) === 1))
    .map(([name, child]): [string, Json] => [name, again(child)]);
  return Object.fromEntries(entries);
}

function array(schema: JsonSchema, random: Random, plain: boolean, again: (child: unknown) => Json): Json {
  const least = count(schema['minItems'], 0);
  const most = Math.max(least, Math.min(count(schema['maxItems'], least + 3), least + 3));
  const length = Math.min(50, plain ? Math.max(least, Math.min(1, most)) : random.int(least, most));
  const prefix = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  return Array.from({ length }, (_, index) => again(prefix[index] ?? schema['items'] ?? {}));
}

function number(schema: JsonSchema, random: Random, plain: boolean, whole: boolean): number {
  const least = bound(
    schema['minimum'],
    bound(schema['exclusiveMinimum'], plain ? 1 : -1000) + (schema['exclusiveMinimum'] === undefined ? 0 : 1),
  );
  const most = bound(schema['maximum'], bound(schema['exclusiveMaximum'], Math.max(least, 1) + 1000));
  const step = typeof schema['multipleOf'] === 'number' && schema['multipleOf'] > 0 ? schema['multipleOf'] : 0;
  const raw = plain
    ? least
    : random.pick([least, most, random.int(Math.ceil(least), Math.max(Math.ceil(least), Math.floor(most)))]);
  const value = step ? Math.ceil(least / step) * step : raw;
  return whole ? Math.ceil(value) : value;
}

function merge(base: Json, keyword: string, variant: Json | undefined): Json {
  if (!isSchema(base) || !isSchema(variant)) return variant ?? null;
  const rest = Object.fromEntries(Object.entries(base).filter(([key]) => key !== keyword));
  const properties = {
    ...(isSchema(rest['properties']) ? rest['properties'] : {}),
    ...(isSchema(variant['properties']) ? variant['properties'] : {}),
  };
  const required = [...list(rest['required']), ...list(variant['required'])];
  return {
    ...rest,
    ...variant,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

function resolve(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith('#')) return {};
  let node: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    node = isSchema(node) ? node[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  }
  return node;
}
