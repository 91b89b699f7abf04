import type { Schema } from '../runtime/api-file.ts';
import type { TextOf } from './text-of.ts';

type SchemaObject = Exclude<Schema, boolean>;

export interface Sampling {
  /** The API's own, see `textsFor`. */
  readonly textOf: TextOf;
  /** Looks up `#/$defs/NAME`. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Optional parts are given too, near the top. */
  readonly full: boolean;
  /** Examples and defaults of the schema are used where it has them. */
  readonly examples: boolean;
}

const deepest = 24;
/** Parts of one value, after which the rest is left empty: a document may describe one without end. */
const mostParts = 20_000;
/** Optional parts deeper than this are left out. */
const optionalDepth = 2;

interface Making extends Sampling {
  left: number;
}

/** A value that fits a schema, the same each time. What no schema allows comes back as near as it gets. */
export function valueOf(schema: Schema, sampling: Sampling): unknown {
  return make(schema, { ...sampling, left: mostParts }, 0);
}

function make(schema: Schema, sampling: Making, depth: number): unknown {
  if (depth > deepest || --sampling.left < 0) return null;
  const plain = resolved(schema, sampling, 0);
  if ('const' in plain) return plain['const'];
  const [example] = list(plain['examples']);
  if (sampling.examples && example !== undefined) return example;
  if (sampling.examples && plain['default'] !== undefined) return plain['default'];
  const choices = list(plain['enum']);
  if (choices.length > 0) return choices.find((choice) => choice !== null && choice !== '') ?? choices[0];
  const variants = variantsOf(plain);
  if (variants.length === 0) return ofType(plain, sampling, depth);
  const rest = without(plain, ['anyOf', 'oneOf']);
  // Nearly endless alternatives of a recursive schema: the one that ends soonest is the first with nothing in it.
  const chosen = depth > 6 ? (variants.find((variant) => !isNested(variant, sampling)) ?? variants[0]!) : variants[0]!;
  return make(merged(rest, resolved(chosen, sampling, 0)), sampling, depth + 1);
}

function variantsOf(schema: SchemaObject): Schema[] {
  const variants = [...list(schema['anyOf']), ...list(schema['oneOf'])] as Schema[];
  const useful = variants.filter((variant) => typeof variant !== 'object' || variant['type'] !== 'null');
  return useful.length > 0 ? useful : variants;
}

function isNested(schema: Schema, sampling: Making): boolean {
  const { type } = resolved(schema, sampling, 0) as { type?: unknown };
  return type === undefined || type === 'object' || type === 'array';
}

function ofType(schema: SchemaObject, sampling: Making, depth: number): unknown {
  const types = list(schema['type'] ?? guess(schema));
  switch (types.find((type) => type !== 'null') ?? types[0]) {
    case 'object':
      return objectOf(schema, sampling, depth);
    case 'array':
      return arrayOf(schema, sampling, depth);
    case 'integer':
      return numberOf(schema, true);
    case 'number':
      return numberOf(schema, false);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampling.textOf(schema);
  }
}

function guess(schema: SchemaObject): string {
  if (isObject(schema['properties']) || isObject(schema['additionalProperties']) || schema['required'] !== undefined)
    return 'object';
  if (schema['items'] !== undefined || schema['prefixItems'] !== undefined) return 'array';
  return schema['minimum'] === undefined ? 'string' : 'number';
}

function objectOf(schema: SchemaObject, sampling: Making, depth: number): Record<string, unknown> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(list(schema['required']) as string[]);
  const optional = sampling.full && depth < optionalDepth;
  const names = Object.keys(properties).filter(
    (name) => required.has(name) || (optional && isWritten(properties[name])),
  );
  const value = new Map(names.map((name) => [name, make(properties[name] as Schema, sampling, depth + 1)]));
  const others = isObject(schema['additionalProperties']) ? schema['additionalProperties'] : true;
  for (const name of required) if (!value.has(name)) value.set(name, make(others, sampling, depth + 1));
  const least = Number(schema['minProperties'] ?? 0);
  const more = Object.keys(properties).filter((name) => !value.has(name));
  for (let index = 0; value.size < least && index < 20; index++) {
    const name = more[index] ?? `key${index}`;
    value.set(name, make((properties[name] as Schema | undefined) ?? others, sampling, depth + 1));
  }
  // Not a record that is filled: a property may be called `__proto__`.
  return Object.fromEntries(value);
}

const isWritten = (schema: unknown): boolean =>
  !isObject(schema) || (schema['readOnly'] !== true && schema['deprecated'] !== true);

function arrayOf(schema: SchemaObject, sampling: Making, depth: number): unknown[] {
  const least = Number(schema['minItems'] ?? 0);
  const most = Number(schema['maxItems'] ?? 2);
  const wished = depth > 8 ? 0 : schema['uniqueItems'] === true ? 1 : 2;
  const length = Math.min(Math.max(least, Math.min(wished, most)), 100);
  const prefix = list(schema['prefixItems']) as Schema[];
  const item = (schema['items'] ?? true) as Schema;
  const items = Array.from({ length }, (_, index) => make(prefix[index] ?? item, sampling, depth + 1));
  return schema['uniqueItems'] === true ? items.map((value, index) => different(value, index, item, sampling)) : items;
}

/** Items that must differ: another choice, a higher number, a text with a number at its end. */
function different(value: unknown, index: number, item: Schema, sampling: Making): unknown {
  if (index === 0) return value;
  const choices = list(resolved(item, sampling, 0)['enum']);
  if (choices.length > index) return choices[index];
  if (typeof value === 'number') return value + index;
  return typeof value === 'string' ? `${value}${index}` : value;
}

function numberOf(schema: SchemaObject, whole: boolean): number {
  const bound = (name: string): number | undefined => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const over = bound('exclusiveMinimum');
  const under = bound('exclusiveMaximum');
  const step = bound('multipleOf') ?? (whole ? 1 : 0);
  const gap = step || 0.5;
  const least = Math.max(bound('minimum') ?? -Infinity, over === undefined ? -Infinity : over + gap);
  const most = Math.min(bound('maximum') ?? Infinity, under === undefined ? Infinity : under - gap);
  const wished = Math.min(Math.max(1, least), most);
  if (step === 0) return wished;
  const stepped = Math.ceil(wished / step) * step;
  return stepped > most ? Math.floor(most / step) * step : stepped;
}

/** The schema without `$ref` and `allOf`: both are written into it. */
function resolved(schema: Schema, sampling: Making, depth: number): SchemaObject {
  if (typeof schema === 'boolean' || depth > deepest || --sampling.left < 0) return {};
  let plain: SchemaObject = schema;
  if (typeof schema['$ref'] === 'string') {
    const target = sampling.schemas[schema['$ref'].replace('#/$defs/', '')];
    plain = merged(without(schema, ['$ref']), target === undefined ? {} : resolved(target, sampling, depth + 1));
  }
  const parts = list(plain['allOf']) as Schema[];
  return parts.reduce<SchemaObject>(
    (sum, part) => merged(sum, resolved(part, sampling, depth + 1)),
    without(plain, ['allOf']),
  );
}

function merged(one: SchemaObject, other: SchemaObject): SchemaObject {
  const properties = { ...(one['properties'] as object | undefined), ...(other['properties'] as object | undefined) };
  const required = [...new Set([...list(one['required']), ...list(other['required'])])];
  return {
    ...other,
    ...one,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

const without = (schema: SchemaObject, names: readonly string[]): SchemaObject =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => !names.includes(name)));

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
