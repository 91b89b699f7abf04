import type { Json, JsonSchema } from '../../../spec/index.ts';

/** What an argument may be, as far as its schema says. */
export type Kind = 'single' | 'list' | 'object' | 'any';

/** The kind of value that a schema allows, followed through references; `any` where it allows several. */
export function kindOf(schema: Json | undefined, root: JsonSchema): Kind {
  const kinds = new Set(
    typesOf(schema, root, 0).map((type) => (type === 'array' ? 'list' : type === 'object' ? 'object' : 'single')),
  );
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'any';
}

/** Whether an object's fields are all single values. */
export function isFlat(schema: Json | undefined, root: JsonSchema): boolean {
  const plain = followed(schema, root, 0);
  const fields = isSchema(plain?.['properties']) ? Object.values(plain['properties']) : [];
  return fields.every((field) => kindOf(field, root) === 'single') && !isSchema(plain?.['additionalProperties']);
}

function typesOf(schema: Json | undefined, root: JsonSchema, depth: number): string[] {
  const plain = followed(schema, root, depth);
  if (plain === undefined || depth > 8) return ['array', 'object', 'string'];
  const { type, enum: choices } = plain;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((each) => each !== 'null').map(String);
  if (Array.isArray(choices)) return choices.map((choice) => (Array.isArray(choice) ? 'array' : typeof choice));
  const parts = [plain['anyOf'], plain['oneOf']].flatMap((part) => (Array.isArray(part) ? part : []));
  const all = Array.isArray(plain['allOf']) ? plain['allOf'] : [];
  if (parts.length > 0)
    return parts.flatMap((part) => typesOf(part, root, depth + 1)).filter((each) => each !== 'null');
  return all.length > 0 ? typesOf(all[0], root, depth + 1) : ['array', 'object', 'string'];
}

function followed(schema: Json | undefined, root: JsonSchema, depth: number): JsonSchema | undefined {
  if (!isSchema(schema)) return undefined;
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].replace('#/$defs/', '') : undefined;
  if (name === undefined || depth > 8) return schema;
  const shared = root['$defs'];
  return isSchema(shared) ? followed(shared[name], root, depth + 1) : undefined;
}

const isSchema = (value: Json | undefined): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
