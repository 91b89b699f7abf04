import { own } from './json.ts';
import type { JsonObject } from './json.ts';

/** Media types of bodies and answers (RFC 6838), by what they hold. */
export type MediaKind = 'json' | 'form' | 'multipart' | 'xml' | 'text' | 'binary';

/** RFC 9110, 8.3.1, ranges included. */
export const isMediaType = (name: string): boolean =>
  /^\s*[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+(?:\s*;[\t\x20-\x7e]*)?\s*$/.test(name);

/** The type alone, in lower case, without parameters. */
export const essence = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();

export function mediaKind(type: string): MediaKind {
  const name = essence(type);
  if (isJson(name)) return 'json';
  if (name === 'application/x-www-form-urlencoded') return 'form';
  if (name === 'multipart/form-data') return 'multipart';
  if (name.startsWith('multipart/')) return name === 'multipart/*' ? 'multipart' : 'binary';
  if (/^(?:application|text)\/xml$|\+xml$/.test(name)) return name.startsWith('image/') ? 'binary' : 'xml';
  if (name.startsWith('text/') || textual.includes(name)) return 'text';
  return 'binary';
}

const textual = [
  'application/yaml',
  'application/x-yaml',
  'application/graphql',
  'application/javascript',
  'application/ecmascript',
  'application/jsonl',
  'application/jsonlines',
  'application/x-jsonlines',
  'application/x-ndjson',
  'application/ndjson',
  'application/json-seq',
  'application/x-json-stream',
  'application/sql',
  'application/toml',
  'application/jwt',
  'application/x-pem-file',
  'application/rtf',
  'application/sparql-query',
];

export const isJson = (name: string): boolean =>
  /^(?:application|text)\/(?:json|x-json|json5)$|^[\w.-]+\/[\w.+-]*\+json$|^application\/vnd\.[\w.-]+\.json$/.test(
    name,
  );

/** Items one after the other (OpenAPI 3.2, Sequential Media Types). */
export const isSequence = (name: string): boolean =>
  /^(?:application|text)\/(?:x-)?(?:jsonl|ndjson|jsonlines|json-lines)$|^application\/(?:[\w.-]+\+)?json-seq$|^text\/event-stream$/.test(
    name,
  );

/** The schema of a media type's content; that of a sequence may be given by its items (OpenAPI 3.2, Media Type Object). */
export function contentSchema(name: string, media: JsonObject): unknown {
  const items = own(media, 'itemSchema');
  if (own(media, 'schema') !== undefined || items === undefined || !isSequence(essence(name)))
    return own(media, 'schema');
  return { type: 'array', items };
}

/** A range such as `image/*` names no type that could be sent: the most usual of the range is. */
export function concrete(type: string): string {
  const name = essence(type);
  if (!name.includes('*')) return type.trim();
  const usual: Readonly<Record<string, string>> = {
    'application/*': 'application/json',
    'text/*': 'text/plain',
    'image/*': 'image/png',
    'audio/*': 'audio/mpeg',
    'video/*': 'video/mp4',
    'multipart/*': 'multipart/form-data',
  };
  return usual[name] ?? 'application/json';
}

/** What bytes are given as. The runtime reads the three forms. */
export const binaryForms = 'base64, file:PATH of the workspace or a granted folder, or text:…';
