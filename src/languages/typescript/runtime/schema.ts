import { CfWorkerJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';

/** A JSON Schema 2020-12 document with an object root. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/** Says what is wrong with a value, or nothing when it fits. */
export type Check = (value: unknown) => string | undefined;

/** Interprets schemas: no code is generated from them, and nothing is kept between validations. */
export const schemaValidator = new CfWorkerJsonSchemaValidator();

/** Compiled on first use, once: schemas are data of the server, never of a request. */
export function schemaCheck(schema: ObjectSchema): Check {
  let validate: ReturnType<typeof schemaValidator.getValidator> | undefined;
  return (value) => {
    validate ??= schemaValidator.getValidator(schema);
    const result = validate(value);
    return result.valid ? undefined : readable(result.errorMessage);
  };
}

/** Keeps the message about the innermost place, in words: `/rows/0/email: …`. */
function readable(message: string): string {
  const parts = message.split('; ').map((part) => part.replace(/^#/, ''));
  const telling = parts.filter((part) => !/does not match schema\.$|^[^:]*: (Items|Some items) did not match schema/.test(part));
  return (telling.length > 0 ? telling : parts).slice(0, 3).map((part) => part.replace(/^: /, '')).join('; ');
}

/** The value with the schema's defaults filled in, at every depth where an object is given. */
export function withDefaults(schema: unknown, value: unknown): unknown {
  if (!isRecord(schema)) return value;
  if (Array.isArray(value)) return schema['items'] === undefined ? value : value.map((item) => withDefaults(schema['items'], item));
  if (!isRecord(value) || !isRecord(schema['properties'])) return value;
  const filled = new Map(Object.entries(value));
  for (const [name, property] of Object.entries(schema['properties'])) {
    if (filled.has(name)) filled.set(name, withDefaults(property, filled.get(name)));
    else if (isRecord(property) && property['default'] !== undefined) filled.set(name, structuredClone(property['default']));
  }
  return Object.fromEntries(filled);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
