import type { BodyMedia, JsonSchema, PartEncoding } from '../../../spec/index.ts';
import { isList, listSchema } from './by-position.ts';
import { bytesSchema, isBytesPart } from './encoding.ts';
import { isObject, list, objects, own, step, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { concrete, essence } from './media.ts';
import { resolve } from './resolve.ts';
import { behind } from './schema/reference.ts';
import type { Context } from './types.ts';

type Positions = NonNullable<BodyMedia['positions']>;

/** How each part is written, and the list's schema in which those of bytes say how bytes are given. */
export function positionsOf(
  context: Context,
  media: JsonObject,
  { where, schema }: { readonly where: string; readonly schema: JsonSchema },
): { positions: Positions; schema: JsonSchema } {
  const raw = behind(context, listSchema(media)) ?? {};
  const positions = read(context, media, raw, where, 0);
  const prefix = list(schema['prefixItems']).map((one, at) => asBytes(one, positions.prefix[at]));
  const items = isObject(schema['items']) ? { items: asBytes(schema['items'], positions.items) } : {};
  return {
    positions,
    schema: { ...schema, ...items, ...(prefix.length > 0 && { prefixItems: prefix }) } as JsonSchema,
  };
}

const asBytes = (schema: unknown, part: PartEncoding | undefined): unknown =>
  part?.binary === true ? bytesSchema(false, isObject(schema) ? text(own(schema, 'description')) : '') : schema;

/** Deepest nesting that is read; the specification asks for one level. */
const deepest = 1;

function read(context: Context, given: JsonObject, schema: JsonObject, where: string, depth: number): Positions {
  const encodings = list(own(given, 'prefixEncoding'));
  const schemas = list(own(schema, 'prefixItems'));
  const partAt = (encoding: unknown, of: unknown, place: string): PartEncoding =>
    partOf(context, isObject(encoding) ? encoding : {}, behind(context, of), `${where}/${place}`, depth);
  const length = Math.min(Math.max(encodings.length, schemas.length), 200);
  const rest = own(schema, 'items');
  return {
    prefix: Array.from({ length }, (_, at) => partAt(encodings[at], schemas[at] ?? rest, `prefixEncoding/${at}`)),
    items: partAt(own(given, 'itemEncoding'), rest, 'itemEncoding'),
  };
}

function partOf(
  context: Context,
  encoding: JsonObject,
  schema: JsonObject | undefined,
  where: string,
  depth: number,
): PartEncoding {
  const types = text(own(encoding, 'contentType'))
    .split(',')
    .map((type) => type.trim())
    .filter((type) => type !== '' && type !== '*/*');
  const contentType = types.find((type) => !type.includes('*')) ?? types.map(concrete)[0];
  const headers = headersOf(context, own(encoding, 'headers'), where);
  const isNested = contentType !== undefined && essence(contentType).startsWith('multipart/') && isList(schema);
  const parts = isNested && depth < deepest ? read(context, encoding, schema ?? {}, where, depth + 1) : undefined;
  const binary = parts === undefined && isBytesPart(context, schema, types.join(','));
  return {
    ...(contentType !== undefined && { contentType }),
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(binary && { binary }),
    ...(parts !== undefined && { parts }),
  };
}

/** Headers of a part that have one value; nothing in the data gives others theirs. */
function headersOf(context: Context, given: unknown, where: string): Record<string, string> {
  const fixed = objects(given).flatMap(([name, header]): [string, string][] => {
    const place = `${where}/headers${step(name)}`;
    const target = resolve(context, header, place)?.value;
    if (target === undefined || name.toLowerCase() === 'content-type' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return [];
    const [[, content = {}] = []] = objects(own(target, 'content'));
    const schema = behind(context, own(target, 'schema') ?? own(content as JsonObject, 'schema')) ?? {};
    const choices = list(own(schema, 'enum'));
    const value = own(schema, 'const') ?? (choices.length === 1 ? choices[0] : own(schema, 'default'));
    if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]];
    if (own(target, 'required') === true)
      context.remark({
        where: place,
        what: 'This header of a part has no value that the document names; it is not sent.',
        action: 'left_out',
      });
    return [];
  });
  return Object.fromEntries(fixed);
}
