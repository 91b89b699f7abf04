import type { HttpBody } from '../../../spec/index.ts';
import { isByPosition } from './by-position.ts';
import { own } from './json.ts';
import type { JsonObject } from './json.ts';
import { concrete, essence, mediaKind } from './media.ts';
import { behind } from './schema/reference.ts';
import { typesOf } from './schema/simple.ts';
import type { Context } from './types.ts';

export interface ChosenMedia {
  /** Key in the document's `content`. */
  readonly name: string;
  /** Media type that is sent. */
  readonly type: string;
  readonly as: HttpBody['as'];
  readonly media: JsonObject;
}

/** The media types that a body may have, the preferred one first: JSON before forms, forms before XML, text and bytes. */
export function rankMedia(context: Context, content: readonly (readonly [string, JsonObject])[]): ChosenMedia[] {
  return content
    .map(([name, media], at) => ({ name, media, at, ...kindOf(context, name, media) }))
    .toSorted((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ name, media, type, as }) => ({ name, type, as, media }));
}

function kindOf(context: Context, name: string, media: JsonObject): { as: HttpBody['as']; type: string; rank: number } {
  const schema = behind(context, own(media, 'schema'));
  const types = (schema && typesOf(schema)) ?? [];
  const bytes = schema !== undefined && isBytes(schema);
  const range = essence(name);
  if (range === '*/*' || range === 'application/*') {
    if (bytes) return { as: 'binary', type: 'application/octet-stream', rank: 9 };
    return { as: 'json', type: 'application/json', rank: 4 };
  }
  const as = isByPosition(context, name, media) ? 'multipart' : mediaKind(name);
  const type = concrete(name);
  if (as === 'json') return { as, type, rank: jsonRank(range, types) };
  if (as === 'form') return { as, type, rank: hasBytes(context, schema) ? 6.5 : 5 };
  const ranks = { multipart: 6, xml: 7, text: 8, binary: 9 } as const;
  return { as, type, rank: ranks[as] };
}

/** `application/json` first; a list of patch operations (RFC 6902) only where the schema is of a list. */
function jsonRank(name: string, types: readonly string[]): number {
  if (name === 'application/json-patch+json') return types.includes('array') ? 1 : 4.5;
  if (name === 'application/json') return 0;
  return name === 'application/merge-patch+json' ? 1.5 : 2;
}

/** OpenAPI 3.0, 4.7.24.2: format binary; 3.1, 4.8.14.3: no type, or an encoding or media type of the content. */
export function isBytes(schema: JsonObject): boolean {
  const types = typesOf(schema);
  const format = own(schema, 'format');
  if (types !== undefined && !types.includes('string')) return false;
  if (format === 'binary' || format === 'base64') return true;
  const media = own(schema, 'contentMediaType');
  return typeof media === 'string' && own(schema, 'contentEncoding') === undefined && !/^text\/|json/.test(media);
}

export function hasBytes(context: Context, schema: JsonObject | undefined): boolean {
  const properties = schema === undefined ? undefined : own(schema, 'properties');
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return false;
  return Object.values(properties).some((child) => {
    const property = behind(context, child);
    const items = property === undefined ? undefined : behind(context, own(property, 'items'));
    return (property !== undefined && isBytes(property)) || (items !== undefined && isBytes(items));
  });
}
