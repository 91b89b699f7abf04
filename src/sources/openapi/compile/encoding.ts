import type { FieldEncoding, JsonSchema } from '../../../spec/index.ts';
import { isObject, list, own, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { isBytes } from './body-media.ts';
import { binaryForms, essence, mediaKind } from './media.ts';
import { factsOf } from './schema/facts.ts';
import { behind } from './schema/reference.ts';
import type { Context } from './types.ts';

/**
 * How the fields of a form or multipart body are written (OpenAPI 3.1.1, 4.8.15), and the body's schema in which
 * fields of bytes say how bytes are given.
 */
export function fieldEncodings(
  context: Context,
  media: JsonObject,
  as: 'form' | 'multipart',
  body: { readonly where: string; readonly schema: JsonSchema },
): { encoding: Record<string, FieldEncoding>; schema: JsonSchema } {
  const given = isObject(own(media, 'encoding')) ? (own(media, 'encoding') as JsonObject) : {};
  const raw = behind(context, own(media, 'schema'));
  const names = raw === undefined ? [] : [...factsOf(context, raw).names];
  const encoding: [string, FieldEncoding][] = [];
  const replaced: [string, JsonSchema][] = [];
  for (const name of new Set([...names, ...Object.keys(given)])) {
    const field = raw === undefined ? undefined : fieldOf(context, raw, name);
    const entry = isObject(own(given, name)) ? (own(given, name) as JsonObject) : {};
    const items = field === undefined ? undefined : behind(context, own(field, 'items'));
    const type = text(own(entry, 'contentType'));
    const bytes =
      as === 'multipart' &&
      (isBytesPart(context, field, type) || (items !== undefined && isBytesPart(context, items, type)));
    // OpenAPI 3.0.4, 4.7.15: style, explode and allowReserved are ignored in a multipart body.
    const styles = as === 'form' || context.version !== '3.0';
    const one = encodingOf(styles ? entry : { contentType: own(entry, 'contentType') ?? '' }, as, bytes);
    if (Object.keys(one).length > 0) encoding.push([name, one]);
    if (bytes) replaced.push([name, bytesSchema(items !== undefined, text(own(field ?? {}, 'description')))]);
  }
  return { encoding: Object.fromEntries(encoding), schema: withFields(body.schema, replaced) };
}

function encodingOf(entry: JsonObject, as: 'form' | 'multipart', bytes: boolean): FieldEncoding {
  const styles = ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'] as const;
  const style = styles.find((name) => name === entry['style']);
  const type = text(own(entry, 'contentType')).split(',')[0]?.trim() ?? '';
  // 4.8.15.1: the style rules the field once any of the three is given; `contentType` is then ignored for forms.
  const styled = style !== undefined || typeof entry['explode'] === 'boolean' || entry['allowReserved'] === true;
  return {
    ...(type !== '' && !type.includes('*') && !(styled && as === 'form') && { contentType: type }),
    ...(style !== undefined && { style }),
    ...(typeof entry['explode'] === 'boolean' && { explode: entry['explode'] }),
    ...(entry['allowReserved'] === true && { allowReserved: true }),
    ...(bytes && { binary: true }),
  };
}

/** Whether a part is bytes: by its schema, or by the content type that its encoding names. */
export function isBytesPart(context: Context, field: JsonObject | undefined, type: string): boolean {
  if (field !== undefined && isBytes(field)) return true;
  if (saysBytes(type) && isFree(field)) return true;
  return type === '' && context.version !== '3.0' && isUntyped(field);
}

const saysBytes = (type: string): boolean =>
  type !== '' && type.split(',').every((one) => mediaKind(essence(one)) === 'binary');

/** A text without a form of its own may hold bytes; numbers and objects do not. */
const isFree = (field: JsonObject | undefined): boolean =>
  field === undefined ||
  own(field, 'type') === undefined ||
  (own(field, 'type') === 'string' && own(field, 'enum') === undefined);

/** OpenAPI 3.1.1, Encoding Object: what has no type is `application/octet-stream`. */
const isUntyped = (field: JsonObject | undefined): boolean =>
  field !== undefined && Object.keys(field).every((keyword) => annotations.has(keyword) || keyword.startsWith('x-'));

const annotations = new Set(['title', 'description', 'deprecated', 'contentMediaType', 'externalDocs', '$comment']);

export function bytesSchema(many: boolean, description: string): JsonSchema {
  const words = [description.slice(0, 80).trim(), `Bytes, as ${binaryForms}.`].filter(Boolean).join(' ');
  const one: JsonSchema = { type: 'string', description: words };
  return many ? { type: 'array', items: one, description: words } : one;
}

/** The fields that hold bytes, in the schema itself or, where that points elsewhere, beside it. */
function withFields(schema: JsonSchema, fields: readonly (readonly [string, JsonSchema])[]): JsonSchema {
  if (fields.length === 0) return schema;
  const properties = isObject(schema['properties']) ? (schema['properties'] as JsonSchema) : {};
  return { ...schema, properties: { ...properties, ...Object.fromEntries(fields) } };
}

function fieldOf(
  context: Context,
  raw: JsonObject,
  name: string,
  seen: Set<JsonObject> = new Set(),
): JsonObject | undefined {
  if (seen.has(raw) || seen.size > 200) return undefined;
  seen.add(raw);
  const properties = own(raw, 'properties');
  if (isObject(properties) && Object.hasOwn(properties, name)) return behind(context, properties[name]);
  for (const part of [...list(raw['allOf']), ...list(raw['oneOf']), ...list(raw['anyOf'])]) {
    const schema = behind(context, part);
    const found = schema === undefined ? undefined : fieldOf(context, schema, name, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}
