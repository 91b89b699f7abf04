import type { Schema } from './api-file.ts';
import { lookUp, referenceIn } from './api-schema.ts';
import { isRecord, type ObjectSchema } from './schema.ts';

export interface Compact {
  readonly schema: unknown;
  /** Whether something was left out. */
  readonly partial: boolean;
}

interface Walk {
  readonly own: Readonly<Record<string, unknown>>;
  readonly shared: Readonly<Record<string, Schema>>;
  /** Optional properties are shown down to here. */
  readonly depth: number;
  /** Longest description, in characters. */
  readonly words: number;
  left: boolean;
}

/** From much to little: how deep optional parts go, and how long descriptions are. */
const steps = [
  [8, 300],
  [5, 200],
  [4, 150],
  [3, 120],
  [3, 50],
  [3, 0],
  [2, 100],
  [2, 40],
  [1, 100],
  [1, 0],
] as const;

/** Required parts stand deeper than optional ones; this is their end. */
const deepest = 10;

/** The schema with its references written out, in at most about so many characters: optional parts go first, deep ones before others. */
export function compactSchema(schema: ObjectSchema, shared: Readonly<Record<string, Schema>>, room: number): Compact {
  const own = isRecord(schema['$defs']) ? schema['$defs'] : {};
  for (const [depth, words] of steps) {
    const walk: Walk = { own, shared, depth, words, left: false };
    const compact = shorten(schema, walk, 0, []);
    if (JSON.stringify(compact).length <= room) return { schema: compact, partial: walk.left };
  }
  return { schema: namesOnly(schema), partial: true };
}

function shorten(schema: unknown, walk: Walk, depth: number, way: readonly string[]): unknown {
  if (!isRecord(schema)) return schema;
  const name = referenceIn(schema);
  if (name !== undefined) {
    // What contains itself is shown once.
    if (way.includes(name) || depth > deepest) return leftOut(walk, schema);
    const { $ref: _, ...beside } = schema;
    const found = lookUp(name, walk.own, walk.shared);
    return shorten(isRecord(found) ? { ...found, ...beside } : found, walk, depth, [...way, name]);
  }
  if (depth > deepest) return leftOut(walk, schema);
  const entries = Object.entries(schema).flatMap(([keyword, value]) => {
    const short = keywordOf(keyword, value, schema, walk, depth, way);
    return short === undefined ? [] : [[keyword, short] as const];
  });
  return Object.fromEntries(entries);
}

function keywordOf(
  keyword: string,
  value: unknown,
  schema: Readonly<Record<string, unknown>>,
  walk: Walk,
  depth: number,
  way: readonly string[],
): unknown {
  switch (keyword) {
    case '$defs':
    case 'examples':
    case 'example':
    case 'title':
    case 'xml':
      return undefined;
    case 'description':
      return described(value, walk);
    case 'properties':
      return isRecord(value) ? properties(value, schema['required'], walk, depth, way) : undefined;
    case 'items':
    case 'additionalProperties':
    case 'not':
    case 'contains':
      return shorten(value, walk, depth + 1, way);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
    case 'prefixItems':
      return Array.isArray(value) ? value.map((part) => shorten(part, walk, depth, way)) : undefined;
    case 'enum':
      return Array.isArray(value) && value.length > 50 ? manyValues(value, walk) : value;
    default:
      return value;
  }
}

function described(value: unknown, walk: Walk): string | undefined {
  if (typeof value !== 'string' || walk.words === 0) return undefined;
  if (value.length <= walk.words) return value;
  return `${value.slice(0, walk.words).trimEnd()}…`;
}

function manyValues(values: readonly unknown[], walk: Walk): unknown {
  walk.left = true;
  return values.slice(0, 50);
}

function properties(
  all: Readonly<Record<string, unknown>>,
  required: unknown,
  walk: Walk,
  depth: number,
  way: readonly string[],
): Record<string, unknown> | undefined {
  const needed = new Set(Array.isArray(required) ? required : []);
  const kept = Object.entries(all).flatMap(([name, property]) => {
    if (!needed.has(name) && depth >= walk.depth) {
      walk.left = true;
      return [];
    }
    return [[name, shorten(property, walk, depth + 1, way)] as const];
  });
  return kept.length === 0 && Object.keys(all).length > 0 ? undefined : Object.fromEntries(kept);
}

function leftOut(walk: Walk, schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  walk.left = true;
  return typeof schema['type'] === 'string' ? { type: schema['type'] } : {};
}

/** The schema without what is only there to be read; properties may have the names of those keywords. */
export function withoutWords(schema: unknown, names = false): unknown {
  if (Array.isArray(schema)) return schema.map((part) => withoutWords(part));
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword, value]) => names || !(words.has(keyword) && typeof value !== 'boolean'),
  );
  return Object.fromEntries(
    kept.map(([keyword, value]) => [
      keyword,
      data.has(keyword) && !names ? value : withoutWords(value, maps.has(keyword) && !names),
    ]),
  );
}

const words = new Set(['description', 'title', 'examples', 'example', 'xml', '$comment']);
const maps = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const data = new Set(['enum', 'const', 'default']);

/** Required properties with their types, and the names of the others. */
function namesOnly(schema: ObjectSchema): Record<string, unknown> {
  const all = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const types = required.map((name) => [name, isRecord(all[name]) ? { type: all[name]['type'] } : {}] as const);
  const optional = Object.keys(all).filter((name) => !required.includes(name));
  return { type: 'object', required, properties: Object.fromEntries(types), optional: optional.slice(0, 200) };
}
