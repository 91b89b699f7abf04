import { own } from './json.ts';
import type { JsonObject } from './json.ts';
import { essence } from './media.ts';
import { behind } from './schema/reference.ts';
import { typesOf } from './schema/simple.ts';
import type { Context } from './types.ts';

/**
 * Whether a multipart body is a list of parts: those of form-data have names unless the document says otherwise
 * (OpenAPI 3.2, Encoding By Position).
 */
export function isByPosition(context: Context, name: string, media: JsonObject): boolean {
  const type = essence(name);
  if (!type.startsWith('multipart/') || own(media, 'encoding') !== undefined) return false;
  const said = own(media, 'prefixEncoding') !== undefined || own(media, 'itemEncoding') !== undefined;
  return (said || type !== 'multipart/form-data') && isList(behind(context, listSchema(media)));
}

/** The schema of the whole, also where the document gives that of an item. */
export function listSchema(media: JsonObject): unknown {
  const items = own(media, 'itemSchema');
  return own(media, 'schema') ?? (items === undefined ? undefined : { type: 'array', items });
}

export const isList = (schema: JsonObject | undefined): boolean =>
  schema !== undefined && (typesOf(schema)?.includes('array') ?? own(schema, 'prefixItems') !== undefined);
