import { encode, encodeKeepingReserved, isAbsent, membersOf, plainText } from './api-encode.ts';
import type { FieldEncoding } from './api-file.ts';
import { styledPairs } from './api-style.ts';

type Encodings = Readonly<Record<string, FieldEncoding>>;

/** An object as `application/x-www-form-urlencoded`. */
export function formText(value: Readonly<Record<string, unknown>>, encodings: Encodings): string {
  return membersOf(value)
    .flatMap(([name, field]) => formPairs(name, field, encodings[name] ?? {}))
    .map(([name, text]) => `${name}=${text}`.replaceAll('%20', '+'))
    .join('&');
}

function formPairs(name: string, value: unknown, encoding: FieldEncoding): [string, string][] {
  // An empty list that is given is said, as nothing under its name: the API is to know of it.
  if (Array.isArray(value) && value.length === 0) return [[encode(name), '']];
  const encoder = encoding.allowReserved ? (text: string) => encodeKeepingReserved(text, 'query') : encode;
  return fieldPairs(name, value, encoding, encoder);
}

/**
 * One field as pairs of name and value: by style where the document gives one, else by content type, which is JSON for
 * objects and that of the items for lists, one pair an item (OpenAPI 3.1.1, 4.8.15.1).
 */
export function fieldPairs(
  name: string,
  value: unknown,
  encoding: FieldEncoding,
  encoder: (text: string) => string,
): [string, string][] {
  const { style, explode, allowReserved, contentType } = encoding;
  if (style !== undefined || explode !== undefined || allowReserved !== undefined) {
    if (isAbsent(value)) return [];
    return styledPairs(
      { name, style: style ?? 'form', explode: explode ?? (style ?? 'form') === 'form' },
      value,
      encoder,
    );
  }
  if (contentType !== undefined && /json/i.test(contentType)) return [[encoder(name), encoder(JSON.stringify(value))]];
  const items = Array.isArray(value) ? value.filter((item) => item !== null) : [value];
  return items.map((item) => [encoder(name), encoder(plainText(item))]);
}
