import type { Json } from '../../../../spec/index.ts';
import { isObject, own, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { convertSchema } from './schemas.ts';
import type { Conversion } from './types.ts';

const keywords = [
  'type format items default enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum',
  'maxLength minLength pattern maxItems minItems uniqueItems x-nullable title',
].flatMap((line) => line.split(' '));

/** What stands between the items of an array (Swagger 2.0, Parameter Object, collectionFormat). */
const joints: Readonly<Record<string, string>> = { csv: ',', ssv: ' ', tsv: 'tab', pipes: '|' };

/** The keywords that stand on a parameter, item or header itself in 2.0, as the schema they have in 3.0. */
export function schemaOf(conversion: Conversion, object: JsonObject, where: string): JsonObject {
  const written = own(object, 'schema');
  if (isObject(written)) {
    convertSchema(conversion, written);
    return written;
  }
  const schema: JsonObject = {};
  for (const keyword of keywords) if (Object.hasOwn(object, keyword)) schema[keyword] = object[keyword] as Json;
  const items = own(schema, 'items');
  if (isObject(items))
    schema['items'] = isArray(items) ? joined(conversion, items, where) : schemaOf(conversion, items, where);
  convertSchema(conversion, schema);
  return schema;
}

/** An array that is written as one text with its own separator, which 3.x cannot say: the caller joins the items. */
export function joined(conversion: Conversion, object: JsonObject, where: string): JsonObject {
  const format = textOf(own(object, 'collectionFormat')) ?? 'csv';
  const joint = joints[format] ?? ',';
  conversion.remark({
    where,
    what: `OpenAPI 3 has no style for ${format} here; the items are given as one text.`,
    action: 'mended',
  });
  return {
    type: 'string',
    description: `Items joined by ${joint === 'tab' ? 'a tab' : joint === ' ' ? 'a space' : `\`${joint}\``}.`,
  };
}

export const isArray = (object: JsonObject): boolean => own(object, 'type') === 'array';

/** `collectionFormat` as style and explode; undefined where 3.x has no style for it. */
export function styleOf(object: JsonObject, place: string): { style?: string; explode?: boolean } | undefined {
  if (!isArray(object)) return {};
  const format = textOf(own(object, 'collectionFormat')) ?? 'csv';
  const inQuery = place === 'query' || place === 'formData';
  if (format === 'multi' && inQuery) return { style: 'form', explode: true };
  if (format === 'ssv') return inQuery ? { style: 'spaceDelimited', explode: false } : undefined;
  if (format === 'pipes') return inQuery ? { style: 'pipeDelimited', explode: false } : undefined;
  if (format === 'tsv') return place === 'query' ? { style: 'tabDelimited', explode: false } : undefined;
  return { style: inQuery ? 'form' : 'simple', explode: false };
}
