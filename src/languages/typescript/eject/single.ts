import type { Json, JsonSchema } from '../../../spec/index.ts';

/** Whether a schema allows single values only: neither lists nor objects. Read through references of its root. */
export function isSingle(schema: Json | undefined, root: JsonSchema, depth = 0): boolean {
  if (!isSchema(schema) || depth > 8) return false;
  const { type, enum: choices, $ref: reference } = schema;
  if (typeof reference === 'string') {
    const shared = root['$defs'];
    return isSchema(shared) && isSingle(shared[reference.replace('#/$defs/', '')], root, depth + 1);
  }
  if (type !== undefined) return [type].flat().every((each) => each !== 'array' && each !== 'object');
  if (Array.isArray(choices)) return choices.every((choice) => typeof choice !== 'object' || choice === null);
  const options = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(options) && options.length > 0 && options.every((option) => isSingle(option, root, depth + 1));
}

const isSchema = (value: Json | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
