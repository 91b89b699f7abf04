import type { HttpParameter, Json, JsonSchema } from '../../../spec/index.ts';
import { list, objects, own, step, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { argumentNames } from './argument-names.ts';
import { exampleOf } from './examples.ts';
import { mediaKind } from './media.ts';
import { jsonPath } from './pointer.ts';
import { plainPath, templateNames } from './path-template.ts';
import { resolve } from './resolve.ts';
import { convert } from './schema/convert.ts';
import { typesOf } from './schema/simple.ts';
import { styleOf } from './style.ts';
import { compact, labelled } from './text.ts';
import type { Context, Place } from './types.ts';

/** A parameter as the wire has it, with the schema of its argument. */
export interface CompiledParameter {
  readonly wire: HttpParameter;
  readonly schema: JsonSchema;
  readonly example: Json | undefined;
}

const locations = ['path', 'query', 'querystring', 'header', 'cookie'] as const;
type Location = (typeof locations)[number];

/** OpenAPI 3.1.1, 4.8.12.1: header parameters of these names "SHALL be ignored"; the document says them elsewhere. */
const ignoredHeaders = ['accept', 'content-type', 'authorization'];

/** RFC 9110, 7.6.1 and 8.6: they say how a message is sent, and whoever sends it sets them. */
const connectionHeaders = new Set(
  'connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade'.split(' '),
);

export interface CompiledParameters {
  /** The path as it is sent. */
  readonly path: string;
  readonly parameters: CompiledParameter[];
}

/**
 * The parameters of an operation: its own over those of its path (by location and name), and those that the path's
 * template names without a declaration. In the order path, query, header, cookie. Those in `credentials`
 * (`header:x-api-key`) are left to the environment.
 */
export function compileParameters(
  context: Context,
  {
    path: given,
    pathItem,
    operation,
    credentials,
  }: { path: string; pathItem: Place; operation: Place; credentials: ReadonlySet<string> },
): CompiledParameters {
  const declared = merged(context, pathItem, operation);
  for (const key of credentials) declared.delete(key);
  const path = plainPath(
    given,
    [...declared.values()].map(({ value }) => named(value)),
  );
  const template = new Set(templateNames(path));
  const kept = [...declared.values()].filter(({ value, where }) => {
    const { name } = named(value);
    if (value['in'] !== 'path' || template.delete(name)) return true;
    context.remark({
      where,
      what: `The path has no {${name.slice(0, 80)}}: the parameter is left out.`,
      action: 'left_out',
    });
    return false;
  });
  for (const name of template) kept.push(undeclared(context, given, name, operation.where));
  const sorted = locations.flatMap((location) => kept.filter(({ value }) => value['in'] === location));
  const names = argumentNames(sorted.map(({ value }) => named(value)));
  return {
    path,
    parameters: sorted.map((place, at) => compileParameter(context, place, names[at] ?? `parameter_${at}`)),
  };
}

const named = (value: JsonObject): { name: string; in: string } => ({
  name: text(value['name']),
  in: text(value['in']),
});

function undeclared(context: Context, path: string, name: string, where: string): Place {
  const parameter = { name, in: 'path', required: true, schema: { type: 'string' } };
  const overlay = { target: jsonPath(`#/paths${step(path)}`), update: { parameters: [parameter] } };
  context.remark({
    where,
    what: `{${name.slice(0, 80)}} of the path is not declared; a text is taken.`,
    action: 'mended',
    overlay,
  });
  return { value: parameter, where };
}

function merged(context: Context, pathItem: Place, operation: Place): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const owner of [pathItem, operation]) {
    const given = own(owner.value, 'parameters');
    if (given !== undefined && !Array.isArray(given) && given !== null)
      context.remark({ where: `${owner.where}/parameters`, what: '`parameters` is no list.', action: 'left_out' });
    for (const [at, item] of list(given).entries()) {
      const where = `${owner.where}/parameters/${at}`;
      const place = resolve(context, item, where);
      if (place === undefined) continue;
      const wrong = objection(place.value);
      const { name, in: location } = named(place.value);
      if (wrong !== undefined)
        context.remark({ where, what: wrong, action: 'left_out', overlay: { target: jsonPath(where), remove: true } });
      else if (location !== 'header') found.set(`${location}:${name}`, place);
      else if (!ignoredHeaders.includes(name.toLowerCase())) found.set(`header:${name.toLowerCase()}`, place);
    }
  }
  return found;
}

function objection(value: JsonObject): string | undefined {
  const { name, in: location } = named(value);
  if (
    !locations.includes(location as Location) ||
    typeof value['name'] !== 'string' ||
    (name === '' && location !== 'querystring')
  )
    return 'A parameter needs a name, and `in` of path, query, header or cookie.';
  // RFC 9110, 5.1, and RFC 6265, 4.1.1: tokens.
  if ((location === 'header' || location === 'cookie') && !/^[\w!#$%&'*+.^`|~[\]-]+$/.test(name))
    return `A ${location} cannot have this name.`;
  if (location === 'header' && connectionHeaders.has(name.toLowerCase()))
    return `The header ${name} is set by whoever sends the request.`;
  return undefined;
}

function compileParameter(context: Context, { value, where }: Place, argument: string): CompiledParameter {
  const location = value['in'] as Location;
  const media = objects(own(value, 'content'))[0];
  const raw = media === undefined ? own(value, 'schema') : own(media[1], 'schema');
  const place = media === undefined ? `${where}/schema` : `${where}/content${step(media[0])}/schema`;
  let schema = convert(context, raw, { where: place, described: true });
  if (location === 'query' && value['allowEmptyValue'] === true) schema = emptyToo(schema);
  if (location === 'path') schema = neverEmpty(schema);
  const words = compact(text(value['description']), 160);
  if (words !== '') schema = { ...schema, description: words };
  if (value['deprecated'] === true) schema = { ...schema, deprecated: true };
  const wire: HttpParameter = {
    argument,
    name: text(value['name']),
    in: location,
    ...styleOf(context, value, where),
    required: location === 'path' || value['required'] === true,
    allowReserved: value['allowReserved'] === true && (location === 'query' || location === 'path'),
    ...(media !== undefined && { content: media[0] }),
  };
  const example = exampleOf(context, media?.[1] ?? value, schema, media && mediaKind(media[0]));
  return { wire, example, schema: labelled(sampled(value, schema), text(value['name'])) };
}

/** `allowEmptyValue`: the empty text beside the type's own values. `maxLength` speaks of texts only. */
function emptyToo(schema: JsonSchema): JsonSchema {
  const types = typesOf(schema);
  if (types === undefined || types.includes('string') || schema['enum'] !== undefined || schema['anyOf'] !== undefined)
    return schema;
  return { ...schema, type: [...types, 'string'], maxLength: 0 };
}

/** Nothing in a path's place would make it another path: a list or object there has at least one part. */
function neverEmpty(schema: JsonSchema): JsonSchema {
  const types = typesOf(schema) ?? [];
  return {
    ...schema,
    ...(types.includes('array') && { minItems: Math.max(1, Number(schema['minItems'] ?? 1)) }),
    ...(types.includes('object') && { minProperties: Math.max(1, Number(schema['minProperties'] ?? 1)) }),
  };
}

/** A short example of the parameter, where nothing else shows its form. */
function sampled(value: JsonObject, schema: JsonSchema): JsonSchema {
  if (schema['examples'] !== undefined || schema['enum'] !== undefined || schema['type'] !== 'string') return schema;
  const first = objects(own(value, 'examples'))[0]?.[1];
  const sample = own(value, 'example') ?? (first === undefined ? undefined : first['value']);
  if (typeof sample !== 'string' || sample === '' || sample.length > 40 || compact(sample, 41) !== sample)
    return schema;
  return { ...schema, examples: [sample] };
}
