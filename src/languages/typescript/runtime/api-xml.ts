import type { Schema } from './api-file.ts';
import { isRecord } from './schema.ts';

/** The `xml` keywords of a schema (OpenAPI 3.1, 4.8.26; `nodeType` of 3.2). */
interface XmlKeywords {
  readonly name?: string;
  readonly prefix?: string;
  readonly namespace?: string;
  readonly attribute?: boolean;
  readonly wrapped?: boolean;
  readonly nodeType?: string;
}

/** Finds the schema that a `$ref` means. */
export type Resolve = (schema: Schema | undefined) => Readonly<Record<string, unknown>>;

const maxDepth = 100;

/**
 * A value as an XML document by its schema's `xml` keywords. Text is taken as a document already. The name of the schema
 * is the root element's where no keyword names it (OpenAPI 3.1, 4.8.26.1), `rootName` where the schema has none.
 */
export function xmlDocument(value: unknown, schema: Schema | undefined, rootName: string, resolve: Resolve): string {
  if (typeof value === 'string') return value;
  const reference = isRecord(schema) ? schema['$ref'] : undefined;
  const named = typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
  const name = keywords(resolve(schema)).name ?? named ?? rootName;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elements(name, value, schema, resolve, 0)}`;
}

function elements(name: string, value: unknown, schema: Schema | undefined, resolve: Resolve, depth: number): string {
  if (value === null || value === undefined || depth > maxDepth) return '';
  const resolved = resolve(schema);
  const xml = keywords(resolved);
  if (Array.isArray(value)) return list(name, value, resolved, resolve, depth);
  const tag = qualified(xml, xml.name ?? name);
  const namespace = xml.namespace === undefined ? '' : declaration(xml);
  if (!isRecord(value)) return `<${tag}${namespace}>${escaped(String(value))}</${tag}>`;
  const properties = propertiesOf(resolved, resolve);
  const members = Object.entries(value).map(([key, item]) => ({ key, item, schema: properties.get(key) }));
  const isAttribute = ({ schema: of }: { schema?: Schema }) => {
    const { attribute, nodeType } = keywords(resolve(of));
    return attribute === true || nodeType === 'attribute';
  };
  const attributes = members.filter((member) => isAttribute(member) && member.item !== null);
  const children = members.filter((member) => !isAttribute(member));
  const head = attributes.map(({ key, item, schema: of }) => {
    const keyword = keywords(resolve(of));
    return ` ${qualified(keyword, keyword.name ?? key)}="${escaped(String(item))}"`;
  });
  const body = children.map(({ key, item, schema: of }) => child(key, item, of, resolve, depth + 1));
  return `<${tag}${namespace}${head.join('')}>${body.join('')}</${tag}>`;
}

function child(key: string, item: unknown, schema: Schema | undefined, resolve: Resolve, depth: number): string {
  const { nodeType } = keywords(resolve(schema));
  if (nodeType === 'text' || nodeType === 'cdata') return escaped(String(item ?? ''));
  return elements(key, item, schema, resolve, depth);
}

/** Items stand beside each other; `wrapped` puts an element around them, and then items may have a name of their own. */
function list(
  name: string,
  items: readonly unknown[],
  schema: Readonly<Record<string, unknown>>,
  resolve: Resolve,
  depth: number,
): string {
  const xml = keywords(schema);
  const itemSchema = schema['items'] as Schema | undefined;
  const own = xml.name ?? name;
  const itemName = keywords(resolve(itemSchema)).name ?? own;
  const written = items.map((item) => elements(itemName, item, itemSchema, resolve, depth + 1)).join('');
  if (xml.wrapped !== true && xml.nodeType !== 'element') return written;
  const tag = qualified(xml, own);
  return `<${tag}${xml.namespace === undefined ? '' : declaration(xml)}>${written}</${tag}>`;
}

function propertiesOf(schema: Readonly<Record<string, unknown>>, resolve: Resolve, depth = 0): Map<string, Schema> {
  const found = new Map<string, Schema>();
  for (const part of depth > 10 ? [] : ['allOf', 'anyOf', 'oneOf'].flatMap((word) => schema[word] ?? []))
    for (const [key, value] of propertiesOf(resolve(part as Schema), resolve, depth + 1)) found.set(key, value);
  for (const [key, value] of Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}))
    found.set(key, value as Schema);
  return found;
}

function keywords(schema: Readonly<Record<string, unknown>>): XmlKeywords {
  return isRecord(schema['xml']) ? (schema['xml'] as XmlKeywords) : {};
}

function qualified({ prefix }: XmlKeywords, name: string): string {
  const safe = elementName(name);
  return prefix === undefined ? safe : `${elementName(prefix)}:${safe}`;
}

/** Anything that is no XML name becomes one: names come from arguments too. */
function elementName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}_.-]/gu, '_');
  return /^[\p{L}_]/u.test(safe) ? safe : `_${safe}`;
}

function declaration({ prefix, namespace }: XmlKeywords): string {
  return ` xmlns${prefix === undefined ? '' : `:${elementName(prefix)}`}="${escaped(namespace ?? '')}"`;
}

function escaped(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- XML 1.0 has no way to write them
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '')
      .toWellFormed()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
