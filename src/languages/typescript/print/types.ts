import type { Json, JsonSchema } from '../../../spec/index.ts';
import { canonicalJson, pascalCase } from '../../../util/index.ts';
import { literal, quote } from './literal.ts';

/** How the types of one schema are printed. */
interface Printing {
  /** Fields with a default are always there. */
  readonly defaulted: boolean;
  /** Names of the types of the schema's `$defs`. */
  readonly names: ReadonlyMap<string, string>;
}

/** A schema with an object root, and the name of its type. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly defaulted: boolean;
}

/** Types that generated code or the language uses by these names. */
const taken = new Set(
  'Array Date Error Map Object Promise Record Request Response Set String Number Boolean Symbol ToolContext FetchContext FolderContext SecretContext'.split(
    ' ',
  ),
);

/**
 * Declarations of the types of schemas, and of those that they share under `$defs`. What a schema leaves open is `any`,
 * so that ordinary code type-checks.
 */
export function typeDeclarations(schemas: readonly NamedSchema[]): string[] {
  const used = new Map<string, string>(schemas.map(({ name }) => [name, '']));
  return schemas.flatMap(({ name, schema, defaulted }) => {
    const shared = definitionsOf(schema);
    const known = new Set(used.keys());
    const names = new Map(Object.entries(shared).map(([key, one]) => [key, nameFor(key, one, used)]));
    const printing = { defaulted, names };
    const root = fields(schema, 0, printing) ?? '{\n  [name: string]: any;\n}';
    const others = [...names].filter(([, type]) => !known.has(type));
    const more = others.flatMap(([key, type]) => [declaration(type, shared[key], shared, printing), '']);
    return [`interface ${name} ${root}`, '', ...more];
  });
}

const definitionsOf = ({ $defs }: JsonSchema): { readonly [name: string]: Json } => (isSchema($defs) ? $defs : {});

/** The same name for the same schema; another for one that differs. */
function nameFor(key: string, schema: Json, used: Map<string, string>): string {
  const plain = pascalCase(key).replace(/^(?=\d|$)/, 'Type');
  const text = canonicalJson(schema);
  for (let count = 1; ; count++) {
    const name =
      count === 1 && !taken.has(plain)
        ? plain
        : `${plain}${taken.has(plain) ? 'Value' : ''}${count === 1 ? '' : count}`;
    const before = used.get(name);
    if (before !== undefined && before !== text) continue;
    used.set(name, text);
    return name;
  }
}

function declaration(name: string, schema: Json | undefined, shared: JsonSchema, printing: Printing): string {
  const body = isSchema(schema) && isPlainObject(schema) ? fields(schema, 0, printing) : undefined;
  if (body !== undefined) return `interface ${name} ${body}`;
  return `type ${name} = ${meansItself(schema, shared) ? 'any' : typeOf(schema, 0, printing)};`;
}

const isPlainObject = (schema: JsonSchema): boolean =>
  ['$ref', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'].every((keyword) => schema[keyword] === undefined) &&
  (schema['type'] === undefined || schema['type'] === 'object');

/** Whether a schema comes back to itself without a property or an item between. */
function meansItself(schema: Json | undefined, shared: JsonSchema): boolean {
  const seen = new Set<Json>();
  const pending: (Json | undefined)[] = [schema];
  while (pending.length > 0) {
    const part = pending.pop();
    if (!isSchema(part)) continue;
    if (seen.has(part)) return true;
    seen.add(part);
    const name = referenced(part);
    const options = [part['anyOf'], part['oneOf'], part['allOf']].flatMap((list) => (Array.isArray(list) ? list : []));
    pending.push(...(name === undefined ? [] : [shared[name]]), ...options);
  }
  return false;
}

function referenced({ $ref: reference }: JsonSchema): string | undefined {
  const name = typeof reference === 'string' && /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  return name ? name.replaceAll('~1', '/').replaceAll('~0', '~') : undefined;
}

function typeOf(schema: Json | undefined, indent: number, printing: Printing): string {
  if (!isSchema(schema)) return 'any';
  if (schema['const'] !== undefined) return constant(schema['const']);
  const choices = schema['enum'];
  if (Array.isArray(choices)) return union(choices.map(constant));
  const name = referenced(schema);
  const options = schema['anyOf'] ?? schema['oneOf'];
  const all = schema['allOf'];
  const parts = [
    name === undefined ? 'any' : (printing.names.get(name) ?? 'any'),
    Array.isArray(options) ? union(options.map((option) => typeOf(option, indent, printing))) : 'any',
    ...(Array.isArray(all) ? all.map((part) => typeOf(part, indent, printing)) : []),
    ownType(schema, indent, printing),
  ];
  return both(parts);
}

/** What a schema says by itself, beside what it is made of. */
function ownType(schema: JsonSchema, indent: number, printing: Printing): string {
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((each) => ownType({ ...schema, type: each }, indent, printing)));
  if (type === 'array') return listOf(schema, indent, printing);
  const isMade = ['$ref', 'anyOf', 'oneOf', 'allOf'].some((keyword) => schema[keyword] !== undefined);
  if (type === 'object')
    return fields(schema, indent, printing) ?? (isMade ? 'any' : dictionary(schema, indent, printing));
  if (type === undefined) return fields(schema, indent, printing) ?? 'any';
  if (type === 'integer') return 'number';
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'null' ? type : 'any';
}

/** An array; where its first items differ, as a tuple that may be shorter. */
function listOf({ prefixItems: first, items }: JsonSchema, indent: number, printing: Printing): string {
  const rest = arrayOf(typeOf(items, indent, printing));
  if (!Array.isArray(first) || first.length === 0) return rest;
  const places = first.map((item) => `${optional(typeOf(item, indent, printing))}?`);
  return `[${[...places, ...(items === false ? [] : [`...${rest}`])].join(', ')}]`;
}

const optional = (type: string): string => (/ [|&] /.test(type) ? `(${type})` : type);

function fields(schema: JsonSchema, indent: number, printing: Printing): string | undefined {
  const properties = schema['properties'];
  if (!isSchema(properties) || Object.keys(properties).length === 0) return undefined;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const pad = '  '.repeat(indent + 1);
  const lines = Object.entries(properties).flatMap(([name, property]) => {
    const filled = printing.defaulted && isSchema(property) && property['default'] !== undefined;
    const always = required.includes(name) || filled;
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
    return `${pad}${key}${always ? '' : '?'}: ${typeOf(property, indent + 1, printing)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(indent)}}`;
}

function dictionary(schema: JsonSchema, indent: number, printing: Printing): string {
  const item = typeOf(schema['additionalProperties'], indent, printing);
  // A type that comes back to itself may do so by an index, not by Record.
  return [...printing.names.values()].some((name) => item.includes(name))
    ? `{ [name: string]: ${item} }`
    : `Record<string, ${item}>`;
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 0 || distinct.includes('any') ? 'any' : distinct.join(' | ');
}

/** What all of the types say; one that says nothing takes no part. */
function both(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== 'any');
  if (distinct.length < 2) return distinct[0] ?? 'any';
  return distinct.map((type) => (isUnion(type) ? `(${type})` : type)).join(' & ');
}

/** Whether a type has alternatives outside of any braces. */
function isUnion(type: string): boolean {
  let inner = type;
  for (let before = ''; before !== inner;) {
    before = inner;
    inner = inner.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\{[^{}]*\}|\([^()]*\)|<[^<>]*>/g, '');
  }
  return inner.includes(' | ');
}

function arrayOf(item: string): string {
  return / [|&] /.test(item) && (!item.startsWith('{') || /\} [|&] /.test(item)) ? `(${item})[]` : `${item}[]`;
}

function constant(value: Json): string {
  return typeof value === 'object' && value !== null
    ? 'any'
    : literal(value).replaceAll('_', typeof value === 'number' ? '' : '_');
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
