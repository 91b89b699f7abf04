import type { JsonSchema } from '../spec/index.ts';

type Shared = Readonly<Record<string, JsonSchema>>;

const prefix = '#/$defs/';
const direct = new WeakMap<object, readonly string[]>();

/** A schema that stands by itself: the shared ones that it points to, also by way of others, become its own `$defs`. */
export function bundleSchemas(schema: JsonSchema, shared: Shared): JsonSchema {
  const names = neededSchemas(schema, shared);
  if (names.length === 0) return schema;
  const own = (schema['$defs'] ?? {}) as Record<string, JsonSchema>;
  const added = Object.fromEntries(names.map((name) => [name, shared[name]!]));
  return { ...schema, $defs: { ...added, ...own } };
}

/** Names of the shared schemas that a schema points to, also by way of others; sorted. */
export function neededSchemas(schema: JsonSchema, shared: Shared): string[] {
  const found = new Set<string>();
  const own = (schema['$defs'] ?? {}) as object;
  const pending = [...pointedTo(schema)];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name) || Object.hasOwn(own, name) || !Object.hasOwn(shared, name)) continue;
    found.add(name);
    pending.push(...pointedTo(shared[name]!));
  }
  return [...found].toSorted();
}

/** Names in the `$ref`s of a value, at any depth; each schema is walked once, however often it is asked for. */
function pointedTo(schema: object): readonly string[] {
  const known = direct.get(schema);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const pending: unknown[] = [schema];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      if (key === '$ref' && typeof child === 'string' && child.startsWith(prefix))
        names.add(child.slice(prefix.length));
      else if (typeof child === 'object') pending.push(child);
    }
  }
  direct.set(schema, [...names]);
  return direct.get(schema)!;
}
