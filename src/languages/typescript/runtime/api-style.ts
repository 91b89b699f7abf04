import type { Style } from './api-file.ts';
import { itemsOf, membersOf, plainText } from './api-encode.ts';
import { isRecord } from './schema.ts';

export interface Styled {
  readonly name: string;
  readonly style: Style;
  readonly explode: boolean;
}

type Encode = (text: string) => string;

/** A path or header value: simple, label or matrix (RFC 6570; the table of OpenAPI 3.1, 4.8.12.4). */
export function styledText({ name, style, explode }: Styled, value: unknown, encode: Encode): string {
  const key = encode(name);
  const text = (item: unknown) => encode(plainText(item));
  if (Array.isArray(value)) {
    const items = itemsOf(value).map(text);
    if (style === 'matrix')
      return explode ? items.map((item) => matrix(key, item)).join('') : matrix(key, items.join(','));
    return style === 'label' ? `.${items.join(explode ? '.' : ',')}` : items.join(',');
  }
  if (isRecord(value)) {
    const members = membersOf(value).map(([member, item]) => [encode(member), text(item)] as const);
    const joined = members.map(([member, item]) => `${member}${explode ? '=' : ','}${item}`);
    if (style === 'matrix')
      return explode ? members.map(([member, item]) => matrix(member, item)).join('') : matrix(key, joined.join(','));
    return style === 'label' ? `.${joined.join(explode ? '.' : ',')}` : joined.join(',');
  }
  if (style === 'matrix') return matrix(key, text(value));
  return style === 'label' ? `.${text(value)}` : text(value);
}

function matrix(name: string, value: string): string {
  return value === '' ? `;${name}` : `;${name}=${value}`;
}

const delimiters: Partial<Record<Style, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/**
 * A query, cookie or form value as encoded pairs of name and value. An array is one pair an item where it is exploded;
 * delimited styles have no exploded form and stay one pair.
 */
export function styledPairs({ name, style, explode }: Styled, value: unknown, encode: Encode): [string, string][] {
  const key = encode(name);
  if (style === 'deepObject') return deepPairs(name, value, encode);
  // The delimiter itself is data to a URL, so it is encoded (OpenAPI 3.1.1, 4.8.12.4); a comma is not.
  const delimiter = delimiters[style] === undefined ? ',' : encode(delimiters[style]);
  const exploded = explode && delimiters[style] === undefined;
  if (Array.isArray(value)) {
    const items = itemsOf(value).map((item) => encode(plainText(item)));
    return exploded ? items.map((item) => [key, item]) : [[key, items.join(delimiter)]];
  }
  if (isRecord(value)) {
    if (exploded) return membersOf(value).flatMap(([member, item]) => memberPairs(encode(member), item, encode));
    const parts = membersOf(value).flatMap(([member, item]) => [encode(member), encode(plainText(item))]);
    return [[key, parts.join(delimiter)]];
  }
  return [[key, encode(plainText(value))]];
}

/** A list in an exploded object is repeated, which is how servers read it; the specification leaves it open. */
function memberPairs(key: string, value: unknown, encode: Encode): [string, string][] {
  const items = Array.isArray(value) && !value.some((item) => typeof item === 'object') ? itemsOf(value) : [value];
  return items.map((item) => [key, encode(plainText(item))]);
}

/** `name[member]=value`; deeper parts get more brackets, items their index. */
function deepPairs(name: string, value: unknown, encode: Encode): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [[encode(name), encode(String(value))]];
  return Object.entries(value).flatMap(([member, item]) => deepPairs(`${name}[${member}]`, item, encode));
}
