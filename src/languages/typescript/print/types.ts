import type { Json, JsonSchema } from '../../../spec/index.ts';
import { literal, quote } from './literal.ts';

/**
 * The body of an interface for an object schema. What the schema leaves open is `any`, so that ordinary code type-checks.
 * With `defaulted`, fields with a default are always there.
 */
export function interfaceBody(schema: JsonSchema, defaulted: boolean): string {
  return fields(schema, 0, defaulted) ?? '{\n  [name: string]: any;\n}';
}

function typeOf(schema: Json | undefined, indent: number, defaulted: boolean): string {
  if (!isSchema(schema)) return 'any';
  if (schema['const'] !== undefined) return constant(schema['const']);
  const choices = schema['enum'];
  if (Array.isArray(choices)) return union(choices.map(constant));
  const options = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(options)) return union(options.map((option) => typeOf(option, indent, defaulted)));
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((each) => typeOf({ ...schema, type: each }, indent, defaulted)));
  if (type === 'array') return arrayOf(typeOf(schema['items'], indent, defaulted));
  if (type === 'object') return fields(schema, indent, defaulted) ?? dictionary(schema, indent, defaulted);
  if (type === 'integer') return 'number';
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'null' ? type : 'any';
}

function fields(schema: JsonSchema, indent: number, defaulted: boolean): string | undefined {
  const properties = schema['properties'];
  if (!isSchema(properties) || Object.keys(properties).length === 0) return undefined;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const pad = '  '.repeat(indent + 1);
  const lines = Object.entries(properties).flatMap(([name, property]) => {
    const always = required.includes(name) || (defaulted && isSchema(property) && property['default'] !== undefined);
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
    return `${pad}${key}${always ? '' : '?'}: ${typeOf(property, indent + 1, defaulted)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(indent)}}`;
}

function dictionary(schema: JsonSchema, indent: number, defaulted: boolean): string {
  return `Record<string, ${typeOf(schema['additionalProperties'], indent, defaulted)}>`;
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0 || distinct.includes('any') ? 'any' : distinct.join(' | ');
}

function arrayOf(item: string): string {
  return / \| /.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function constant(value: Json): string {
  return typeof value === 'object' && value !== null
    ? 'any'
    : literal(value).replaceAll('_', typeof value === 'number' ? '' : '_');
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
