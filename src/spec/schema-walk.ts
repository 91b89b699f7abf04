import type { z } from 'zod';

/** Keys of the object schema at a path, as far as the schema can be walked. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema;
  for (const part of path) {
    const around = unwrap(current);
    // A record has one schema for all its names.
    current = typeof part === 'number' ? around?.element : (around?.shape?.[part as string] ?? around?.valueType);
  }
  return Object.keys(unwrap(current)?.shape ?? {});
}

interface Walkable {
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly def?: { readonly innerType?: unknown; readonly in?: unknown };
}

function unwrap(schema: unknown): Walkable | undefined {
  let current = schema as Walkable | undefined;
  while (current?.def !== undefined && current.shape === undefined && current.element === undefined) {
    const inner = current.def.innerType ?? current.def.in;
    if (inner === undefined) break;
    current = inner as Walkable;
  }
  return current;
}

export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value === null || value === undefined ? undefined : (value as Record<PropertyKey, unknown>)[part],
    root,
  );
}

export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
