import type { HttpParameter, Style } from '../runtime/api-file.ts';

/** Name and value as they stand in a query or form, still encoded. */
export type Pair = readonly [name: string, value: string];

type Styled = Pick<HttpParameter, 'name' | 'style' | 'explode'>;

/** Text without percent-encoding; what is not encoded rightly stays. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text as a regular expression that accepts it alone. */
export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** `a=1&b=2` as pairs; a plus sign is a space, as in forms. */
export function pairsOf(query: string): Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
      return [decoded(name.replaceAll('+', ' ')), value.replaceAll('+', '%20')];
    });
}

const isList = (given: unknown): given is readonly unknown[] => Array.isArray(given);
const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const delimiters: Readonly<Partial<Record<Style, RegExp>>> = {
  spaceDelimited: /%20| /,
  pipeDelimited: /%7C|\|/i,
  tabDelimited: /%09|\t/,
};

/**
 * The value of a path segment or header, read back as what was given was: a list, an object or a single value
 * (OpenAPI 3.1, 4.8.12.3: simple, label and matrix).
 */
export function readSegment(raw: string, { name, style, explode }: Styled, given: unknown): unknown {
  const compound = isList(given) || isRecord(given);
  const sign = style === 'matrix' ? ';' : style === 'label' ? '.' : '';
  if (raw !== '' && !raw.startsWith(sign)) return undefined;
  if (style === 'matrix') return readMatrix(raw, name, explode, given);
  const text = raw.slice(sign.length);
  if (!compound) return decoded(text);
  return compoundOf(text === '' ? [] : text.split(style === 'label' && explode ? '.' : ','), explode, given);
}

function readMatrix(raw: string, name: string, explode: boolean, given: unknown): unknown {
  const parts = raw.split(';').filter((part) => part !== '');
  const values = parts.map((part) => part.replace(new RegExp(`^${escaped(name)}=?`), ''));
  if (isList(given)) return explode ? values.map(decoded) : compoundOf((values[0] ?? '').split(','), false, given);
  if (isRecord(given)) return compoundOf(explode ? parts : (values[0] ?? '').split(','), explode, given);
  return decoded(values[0] ?? '');
}

/** Items of a list, or names and values of an object: `a=1` where exploded, else in turn. */
function compoundOf(items: readonly string[], explode: boolean, given: unknown): unknown {
  if (!isRecord(given)) return items.map(decoded);
  const entries = explode
    ? items.map((item) => item.split(/=(.*)/s).slice(0, 2))
    : items.flatMap((item, index) => (index % 2 === 0 ? [[item, items[index + 1] ?? '']] : []));
  return Object.fromEntries(entries.map(([name = '', value = '']) => [decoded(name), decoded(value)]));
}

/** The value of a query parameter, cookie or form field (form, the delimited styles, deepObject); undefined when absent. */
export function readPairs(pairs: readonly Pair[], { name, style, explode }: Styled, given: unknown): unknown {
  // A plain value has no members to put in brackets; it is written as in a form.
  if (style === 'deepObject' && (isRecord(given) || isList(given))) return readDeep(pairs, name);
  const own = pairs.filter(([each]) => each === name).map(([, value]) => value);
  if (isRecord(given) && explode && own.length === 0) {
    const found = pairs.filter(([each]) => Object.hasOwn(given, each));
    return found.length === 0 ? undefined : Object.fromEntries(grouped(found));
  }
  if (own.length === 0) return undefined;
  if (!isList(given) && !isRecord(given)) return decoded(own[0]!);
  if (explode || own.length > 1) return isRecord(given) ? decoded(own[0]!) : own.map(decoded);
  const whole = decoded(own[0]!);
  if (isJson(whole)) return whole;
  // Commas may be encoded where the whole value was; where some are not, these are the ones between items.
  const comma = own[0]!.includes(',') || (isList(given) && given.length < 2) ? ',' : /%2C/i;
  return compoundOf(own[0] === '' ? [] : own[0]!.split(delimiters[style] ?? comma), false, given);
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

/** A property that holds a list stands once for each item. */
function grouped(pairs: readonly Pair[]): [string, unknown][] {
  const names = [...new Set(pairs.map(([name]) => name))];
  return names.map((name) => {
    const values = pairs.filter(([each]) => each === name).map(([, value]) => decoded(value));
    return [name, values.length === 1 ? values[0] : values];
  });
}

/** `name[key]=v`, and by the usual extension `name[key][sub]=v`, `name[key][]=v` and `name[key][0]=v`. */
function readDeep(pairs: readonly Pair[], name: string): unknown {
  const own = pairs.filter(([each]) => each.startsWith(`${name}[`));
  if (own.length === 0) return undefined;
  const root = new Map<string, unknown>();
  for (const [key, value] of own) {
    const path = [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1]!);
    put(root, path, decoded(value));
  }
  return plain(root);
}

function put(into: Map<string, unknown>, [first = '', ...rest]: readonly string[], value: string): void {
  const key = first === '' ? String(into.size) : first;
  const before = into.get(key);
  if (rest.length > 0) {
    const next = before instanceof Map ? (before as Map<string, unknown>) : new Map<string, unknown>();
    into.set(key, next);
    put(next, rest, value);
  } else into.set(key, before === undefined ? value : [before, value].flat());
}

/** Maps whose keys count from 0 are lists. */
function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Map<string, unknown>)].map(([key, child]): [string, unknown] => [key, plain(child)]);
  return entries.every(([key], index) => key === String(index))
    ? entries.map(([, child]) => child)
    : Object.fromEntries(entries);
}
