import type { Schema } from './api-file.ts';
import { isRecord, type ObjectSchema } from './schema.ts';

type Shared = Readonly<Record<string, Schema>>;

const prefix = '#/$defs/';

/** Name of the shared schema that a schema points to. */
export function referenceIn(schema: unknown): string | undefined {
  const reference = isRecord(schema) ? schema['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith(prefix)) return undefined;
  const name = reference.slice(prefix.length);
  return name.includes('~') ? name.replaceAll('~1', '/').replaceAll('~0', '~') : name;
}

/** The schema with all that it refers to, directly or not, in `$defs` of its own. */
export function selfContained(schema: ObjectSchema, shared: Shared): ObjectSchema {
  const own = isRecord(schema['$defs']) ? schema['$defs'] : {};
  const needed = new Map<string, unknown>();
  const pending: unknown[] = [schema];
  while (pending.length > 0) {
    const part = pending.pop();
    if (typeof part !== 'object' || part === null) continue;
    const name = referenceIn(part);
    if (name !== undefined && !needed.has(name)) {
      const found = lookUp(name, own, shared);
      needed.set(name, found);
      pending.push(found);
    }
    pending.push(...Object.values(part));
  }
  return needed.size === 0 ? schema : { ...schema, $defs: Object.fromEntries(needed) };
}

/** A name that nothing stands for accepts anything: a part of the document that was left out. */
export function lookUp(name: string, own: Readonly<Record<string, unknown>>, shared: Shared): unknown {
  if (Object.hasOwn(own, name)) return own[name];
  return Object.hasOwn(shared, name) ? shared[name] : {};
}
