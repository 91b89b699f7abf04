import type { Json } from '../../../spec/index.ts';
import type { JsonObject } from './types.ts';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Own property only: a document may hold keys such as `constructor`. */
export const own = (value: unknown, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** One step of a JSON pointer (RFC 6901). */
export const step = (key: string | number): string => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Keys of a pointer `/a/b` as it stands in a URI fragment: percent escapes first, then `~` escapes (RFC 6901, 6). */
export function pointerKeys(fragment: string): string[] {
  return fragment
    .split('/')
    .slice(1)
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a pointer leads to; undefined when nothing stands there. */
export function pointedTo(root: unknown, fragment: string): Json | undefined {
  return pointerKeys(fragment).reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
    return own(value, key);
  }, root as Json);
}
