import type { Json, JsonSchema } from '../../spec/index.ts';
import { sentenceCase, words } from '../../util/index.ts';

const typeWords: Readonly<Record<string, JsonSchema>> = {
  string: { type: 'string' },
  str: { type: 'string' },
  text: { type: 'string' },
  number: { type: 'number' },
  float: { type: 'number' },
  double: { type: 'number' },
  decimal: { type: 'number' },
  integer: { type: 'integer' },
  int: { type: 'integer' },
  boolean: { type: 'boolean' },
  bool: { type: 'boolean' },
  array: { type: 'array' },
  list: { type: 'array' },
  object: { type: 'object' },
  dict: { type: 'object' },
  map: { type: 'object' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  url: { type: 'string', format: 'uri' },
  any: {},
};

export type Shaped = { readonly schema: JsonSchema } | { readonly field: string; readonly message: string };

const arrayKeywords = new Set(['type', 'items', 'minItems', 'maxItems', 'uniqueItems', 'title', 'description']);

/** Whether a parameters value is a whole JSON Schema and not parameters by name: there `type` is the word `object`. */
function isWholeSchema(parameters: Readonly<Record<string, Json>>): boolean {
  if (typeof parameters['$schema'] === 'string' || typeof parameters['$ref'] === 'string') return true;
  if (parameters['type'] === undefined) return false;
  const { type, properties } = parameters;
  if (type === 'array' && Object.keys(parameters).every((key) => arrayKeywords.has(key))) return true;
  return (typeof type === 'string' && (type === 'object' || isObject(properties))) || Array.isArray(type);
}

/**
 * Parameters as a form gives them, as JSON Schema with an object root. Without a default a parameter is required
 * unless it says otherwise (`required: false`, `optional: true`, a type word ending in `?`).
 */
export function inputSchema(parameters: Readonly<Record<string, Json>>): Shaped {
  if (isWholeSchema(parameters)) return wholeSchema(parameters);
  const properties: Record<string, Json> = {};
  const required: string[] = [];
  for (const [name, given] of Object.entries(parameters)) {
    const parameter = oneParameter(name, given);
    if ('message' in parameter) return parameter;
    properties[name] = parameter.schema;
    if (parameter.required) required.push(name);
  }
  return {
    schema: { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false },
  };
}

function wholeSchema(schema: Readonly<Record<string, Json>>): Shaped {
  if (schema['type'] !== undefined && schema['type'] !== 'object') {
    return {
      field: 'type',
      message: `the root is ${JSON.stringify(schema['type'])}; clients accept an object root only`,
    };
  }
  const given = isObject(schema['properties']) ? schema['properties'] : {};
  const properties = Object.fromEntries(Object.entries(given).map(([name, child]) => [name, described(name, child)]));
  const { $schema: _dialect, ...rest } = schema;
  return { schema: { ...rest, type: 'object', properties } };
}

type One =
  | { readonly schema: JsonSchema; readonly required: boolean }
  | { readonly field: string; readonly message: string };

function oneParameter(name: string, given: Json): One {
  if (typeof given === 'string') {
    const optional = given.endsWith('?');
    const schema = typeWords[given.replace(/\?$/, '').trim().toLowerCase()];
    if (schema === undefined) return { field: name, message: `\`${given}\` is no type` };
    return { schema: described(name, { ...schema }) as JsonSchema, required: !optional };
  }
  if (!isObject(given)) return { field: name, message: 'a parameter is a schema or the name of a type' };
  const { required, optional, type, ...rest } = given;
  const word = typeof type === 'string' ? typeWords[type.toLowerCase()] : undefined;
  if (typeof type === 'string' && word === undefined && type !== 'null')
    return { field: `${name}.type`, message: `\`${type}\` is no type` };
  // `required` as a list belongs to the nested object's own schema; as a boolean it speaks of this parameter.
  const own: JsonSchema = Array.isArray(required) ? { required } : {};
  const schema: JsonSchema = { ...(word ?? (type === undefined ? {} : { type })), ...rest, ...own };
  const wanted = typeof required === 'boolean' ? required : optional !== true && rest['default'] === undefined;
  return { schema: described(name, schema) as JsonSchema, required: wanted };
}

/** Clients and agents need a description for each parameter; its name says something where the form says nothing. */
function described(name: string, schema: Json): Json {
  if (!isObject(schema) || typeof schema['description'] === 'string') return schema;
  return { ...schema, description: `${sentenceCase(words(name).join(' ') || name)}.` };
}

/** A tool's output schema has an object root; what is no object is answered as `{ result: … }`. */
export function outputSchema(output: JsonSchema): JsonSchema {
  const { $schema: _dialect, ...schema } = output;
  if (schema['type'] === 'object') return schema;
  if (schema['type'] === undefined && isObject(schema['properties'])) return { type: 'object', ...schema };
  if (schema['type'] === undefined && schema['$ref'] === undefined && Object.values(schema).every(isParameterLike)) {
    const shaped = inputSchema(schema);
    if ('schema' in shaped) return shaped.schema;
  }
  const { $defs, ...result } = schema;
  return { type: 'object', properties: { result }, required: ['result'], ...($defs === undefined ? {} : { $defs }) };
}

const isParameterLike = (value: Json): boolean =>
  (isObject(value) && (typeof value['type'] === 'string' || value['description'] !== undefined)) ||
  (typeof value === 'string' && typeWords[value.replace(/\?$/, '')] !== undefined);

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
