import { isRecord } from './schema.ts';

/** Percent-encodes all but the unreserved characters of RFC 3986, 2.3. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, hex);
}

/**
 * The same with reserved characters and finished escapes left as they are, except those that would end the value:
 * of a path `/?`, of a query `&+`, of both `#[]` (OpenAPI 3.1.1, 4.8.12.2.2).
 */
export function encodeKeepingReserved(text: string, place: 'path' | 'query'): string {
  const kept = place === 'path' ? /%[0-9A-Fa-f]{2}|[:@!$&'()*+,;=]/ : /%[0-9A-Fa-f]{2}|[:/?@!$'()*,;=]/;
  return text
    .split(new RegExp(`(${kept.source})`))
    .map((part, index) => (index % 2 === 1 ? part : encode(part)))
    .join('');
}

/** One value as text. What has parts of its own is written as JSON: the styles leave it undefined. */
export function plainText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Members that are there: null and undefined count as absent (RFC 6570, 2.3). */
export function membersOf(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
}

export function itemsOf(value: readonly unknown[]): unknown[] {
  return value.filter((item) => item !== null && item !== undefined);
}

/** Whether there is nothing to write: no value, or one without any items or members. */
export function isAbsent(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return itemsOf(value).length === 0;
  return isRecord(value) && membersOf(value).length === 0;
}

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
