/** A JSON Schema 2020-12 document with an object root. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/** Says what is wrong with a value, or nothing when it fits. */
export type Check = (value: unknown) => Promise<string | undefined>;

let loading: ReturnType<typeof openValidator> | undefined;

/** Compiles schemas, and keeps what it compiled. A server that nobody calls does without it. */
export async function openValidator() {
  const { AjvJsonSchemaValidator } = await import('@modelcontextprotocol/server/validators/ajv');
  const validator = new AjvJsonSchemaValidator();
  // Every object inherits names such as `constructor`: without this, an argument of that name that is not given is judged.
  validator['ajv'].opts.ownProperties = true;
  return validator;
}

export type Validate = ReturnType<Awaited<ReturnType<typeof openValidator>>['getValidator']>;

/** Compiled on first use, once: schemas are data of the server, never of a request. */
export function schemaCheck(schema: ObjectSchema): Check {
  let validate: Validate | undefined;
  return async (value) => {
    validate ??= (await (loading ??= openValidator())).getValidator(schema);
    return problemOf(validate, schema, value);
  };
}

/** What a compiled schema finds wrong with a value, in words for the caller. */
export function problemOf(validate: Validate, schema: ObjectSchema, value: unknown): string | undefined {
  const result = validate(value);
  return result.valid ? undefined : readable(result.errorMessage) + unknownNames(schema, value);
}

/** `data/rows/0/email must be string` → `/rows/0/email must be string`. */
function readable(message: string): string {
  const said = message.replace(/(^|, )data(?:(?=\/)| )/g, '$1').split(', ');
  const text = [...new Set(said)].join(', ');
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function unknownNames(schema: ObjectSchema, value: unknown): string {
  const known = Object.keys(isRecord(schema['properties']) ? schema['properties'] : {});
  if (schema['additionalProperties'] !== false || !isRecord(value)) return '';
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  return unknown.length === 0
    ? ''
    : ` (unknown: ${unknown.slice(0, 5).join(', ')}; known: ${known.join(', ') || 'none'})`;
}

/** The value with the schema's defaults filled in, at every depth where an object is given. */
export function withDefaults(schema: unknown, value: unknown): unknown {
  if (!isRecord(schema)) return value;
  if (Array.isArray(value))
    return schema['items'] === undefined ? value : value.map((item) => withDefaults(schema['items'], item));
  if (!isRecord(value) || !isRecord(schema['properties'])) return value;
  const filled = new Map(Object.entries(value));
  for (const [name, property] of Object.entries(schema['properties'])) {
    if (filled.has(name)) filled.set(name, withDefaults(property, filled.get(name)));
    else if (isRecord(property) && property['default'] !== undefined)
      filled.set(name, structuredClone(property['default']));
  }
  return Object.fromEntries(filled);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
