import { isObject } from './json.ts';
import type { JsonObject } from './json.ts';

/** Keys of an internal reference such as `#/components/schemas/Pet` (RFC 6901, as a URI fragment); undefined when it is none. */
export function keysOf(reference: string): string[] | undefined {
  if (reference === '#') return [];
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((key) => decoded(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

/** What an internal reference points to; undefined when nothing stands there. */
export function pointed(root: JsonObject, reference: string): unknown {
  return keysOf(reference)?.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}

/** The JSONPath of a pointer, as overlays name their targets (RFC 9535). */
export function jsonPath(pointer: string): string {
  const keys = keysOf(pointer) ?? [];
  return `$${keys.map((key) => `[${/^\d+$/.test(key) ? key : `'${key.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`}]`).join('')}`;
}
