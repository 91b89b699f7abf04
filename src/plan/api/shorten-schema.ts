import type { JsonSchema } from '../../spec/index.ts';

const prefix = '#/$defs/';
const maps = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
const data = new Set(['enum', 'const', 'default', 'required']);

type Value = JsonSchema[string];

/** The schema with descriptions of at most so many characters, and no examples; without any for 0. */
export function withWords(schema: JsonSchema, most: number): JsonSchema {
  const change = (key: string, value: Value): Value | undefined => {
    if (key === 'examples' || key === 'example') return undefined;
    if (key !== 'description' || typeof value !== 'string') return value;
    if (most === 0) return undefined;
    return value.length <= most ? value : `${value.slice(0, most - 1).trimEnd()}…`;
  };
  return walk(schema, change) as JsonSchema;
}

/** The schema with definitions that are at most so many references away; what lies further takes anything. */
export function shallow(schema: JsonSchema, references: number): JsonSchema {
  const { $defs = {}, ...root } = schema;
  const all = $defs as Readonly<Record<string, JsonSchema>>;
  const kept = new Set<string>();
  let next = namesIn(root);
  for (let level = 0; level < references; level += 1) {
    const fresh = [...next].filter((name) => Object.hasOwn(all, name) && !kept.has(name));
    for (const name of fresh) kept.add(name);
    next = new Set(fresh.flatMap((name) => [...namesIn(all[name]!)]));
  }
  const change = (key: string, value: Value): Value | undefined =>
    key === '$ref' && typeof value === 'string' && !kept.has(nameIn(value)) ? undefined : value;
  const definitions = [...kept].map((name): [string, Value] => [name, walk(all[name]!, change)]);
  return {
    ...(walk(root, change) as JsonSchema),
    ...(definitions.length > 0 && { $defs: Object.fromEntries(definitions) }),
  };
}

const nameIn = (reference: string): string => (reference.startsWith(prefix) ? reference.slice(prefix.length) : '');

function namesIn(schema: JsonSchema): Set<string> {
  const names = new Set<string>();
  walk(schema, (key, value) => {
    if (key === '$ref' && typeof value === 'string') names.add(nameIn(value));
    return value;
  });
  return names;
}

/** Rebuilds a schema keyword by keyword; what `change` gives no value for goes. Names of properties are no keywords. */
function walk(value: Value, change: (key: string, value: Value) => Value | undefined, names = false): Value {
  if (Array.isArray(value)) return value.map((part) => walk(part, change));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, part]): [string, Value][] => {
    const changed = names ? part : change(key, part as Value);
    if (changed === undefined) return [];
    if (!names && data.has(key)) return [[key, changed as Value]];
    return [[key, walk(changed as Value, change, !names && maps.has(key))]];
  });
  return Object.fromEntries(entries);
}
