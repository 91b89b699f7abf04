import { isRecord, schemaCheck, type Check, type ObjectSchema } from './schema.ts';

/**
 * Checks arguments by a schema, but for one thing: a value that fits several alternatives of a `oneOf` is not refused.
 * Documents write `oneOf` where an API tells the alternatives apart by other means.
 */
export function inputCheck(schema: ObjectSchema): Check {
  let check: Check | undefined;
  return (value) => (check ??= schemaCheck(anyAlternative(schema) as ObjectSchema))(value);
}

function anyAlternative(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(anyAlternative);
  if (!isRecord(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => [key, anyAlternative(value)]);
  // A property may be called oneOf; its value is no list.
  if (!Array.isArray(schema['oneOf'])) return Object.fromEntries(entries);
  const { oneOf, anyOf, ...rest } = Object.fromEntries(entries);
  return anyOf === undefined
    ? { ...rest, anyOf: oneOf }
    : { ...rest, allOf: [...((rest['allOf'] as []) ?? []), { anyOf: oneOf }, { anyOf }] };
}
