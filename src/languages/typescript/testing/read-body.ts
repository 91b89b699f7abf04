import type { FieldEncoding, HttpBody, PartEncoding, Positions } from '../runtime/api-file.ts';
import { decoded, escaped, pairsOf, readPairs, type Pair } from './read-style.ts';
import { equalJson, sameValue } from './same-value.ts';

export interface SentBody {
  /** The request's Content-Type header; empty when it has none. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** What is wrong with a body that is to carry a value; undefined when it does. */
export function bodyProblem(body: HttpBody, given: unknown, sent: SentBody): string | undefined {
  if (!isOfType(sent.type, body.type)) return `the body is ${sent.type || 'of no type'} instead of ${body.type}`;
  const text = new TextDecoder().decode(sent.bytes);
  switch (body.as) {
    case 'json':
      return equalJson(given, parsed(text)) ? undefined : `the JSON body is not as given: ${text.slice(0, 200)}`;
    case 'form':
      return fieldsProblem(given, (name, value) => hasField(pairsOf(text), name, value, body.encoding?.[name]));
    case 'multipart': {
      const parts = partsOf(sent);
      if (body.positions !== undefined) return listProblem(body.positions, given, parts);
      return fieldsProblem(given, (name, value) => hasParts(parts, name, value, body.encoding?.[name]));
    }
    case 'text':
      if (Array.isArray(given)) return itemsProblem(body.type, given, text);
      return text === String(given) ? undefined : `the text is not as given: ${text.slice(0, 200)}`;
    case 'xml':
      return isXmlOf(given, text) ? undefined : `the XML does not hold what was given: ${text.slice(0, 200)}`;
    case 'binary':
      return Buffer.from(sent.bytes).equals(bytesOf(given)) ? undefined : 'the bytes are not as given';
  }
}

/** Whether a Content-Type is what the document names, where `*` stands for anything. */
function isOfType(sent: string, wanted: string): boolean {
  const bare = (type: string): string => type.split(';')[0]!.trim().toLowerCase();
  const pattern = bare(wanted)
    .split('*')
    .map((part) => escaped(part))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(bare(sent));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsProblem(given: unknown, has: (name: string, value: unknown) => boolean): string | undefined {
  if (typeof given !== 'object' || given === null) return 'what was given is no object';
  const missing = Object.entries(given).filter(([name, value]) => !has(name, value));
  return missing.length === 0
    ? undefined
    : `the body does not carry ${missing.map(([name]) => name).join(', ')} as given`;
}

/** A form's field stands by its style, as JSON, or with brackets: what the specification leaves open is not judged. */
function hasField(pairs: readonly Pair[], name: string, value: unknown, encoding: FieldEncoding | undefined): boolean {
  const { style = 'form', explode = style === 'form' } = encoding ?? {};
  const ways = [
    readPairs(pairs, { name, style, explode }, value),
    readPairs(pairs, { name, style: 'deepObject', explode: true }, value),
    readPairs(pairs, { name: `${name}[]`, style: 'form', explode: true }, value),
  ];
  const written = pairs.filter(([each]) => each === name).map(([, sent]) => decoded(sent));
  if (encoding?.binary === true) return written.includes(bytesOf(value).toString('utf8'));
  if (/json/i.test(encoding?.contentType ?? '') && written.some((text) => equalJson(value, parsed(text)))) return true;
  return ways.some((read) => sameValue(value, read));
}

/** Parts without names: each has to be the item at its place. */
function listProblem(positions: Positions, given: unknown, parts: readonly Part[]): string | undefined {
  if (!Array.isArray(given)) return 'what was given is no list';
  if (parts.length !== given.length) return `the body has ${parts.length} parts instead of ${given.length}`;
  const wrong = given.findIndex((item, at) => !isPartOf(positions.prefix[at] ?? positions.items, item, parts[at]!));
  return wrong === -1 ? undefined : `part ${wrong + 1} is not as given`;
}

function isPartOf({ contentType, headers = {}, binary, parts }: PartEncoding, given: unknown, part: Part): boolean {
  const types = contentType?.split(',') ?? [];
  if (types.length > 0 && !types.some((type) => isOfType(part.type, type))) return false;
  if (!Object.entries(headers).every(([name, value]) => part.head.includes(`${name}: ${value}`))) return false;
  if (parts !== undefined) return listProblem(parts, given, partsOf(part)) === undefined;
  if (binary === true) return part.bytes.equals(bytesOf(given));
  const text = part.bytes.toString('utf8');
  return /xml/i.test(part.type) ? isXmlOf(given, text) : text === given || equalJson(given, parsed(text));
}

interface Part {
  readonly name: string;
  readonly type: string;
  readonly head: string;
  readonly bytes: Buffer;
}

/** The parts of a multipart body (RFC 7578). */
function partsOf({ type, bytes }: SentBody): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return [];
  const pieces = `\r\n${Buffer.from(bytes).toString('latin1')}`.split(`\r\n--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const end = piece.indexOf('\r\n\r\n');
    const head = Buffer.from(piece.slice(0, end), 'latin1').toString('utf8');
    const name = /\bname="((?:[^"\\]|\\.)*)"/.exec(head)?.[1] ?? '';
    const partType = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim() ?? '';
    return { name: unescaped(name), type: partType, head, bytes: Buffer.from(piece.slice(end + 4), 'latin1') };
  });
}

/** Quotes and line ends in names are percent-encoded by browsers, escaped by others. */
const unescaped = (name: string): string =>
  name
    .replace(/\\(["\\])/g, '$1')
    .replace(/%22/g, '"')
    .replace(/%0D/gi, '\r')
    .replace(/%0A/gi, '\n');

function hasParts(parts: readonly Part[], name: string, value: unknown, encoding: FieldEncoding | undefined): boolean {
  const own = parts.filter((part) => part.name === name).map((part) => part.bytes);
  if (encoding?.binary === true) {
    const wanted = [value].flat();
    return own.length === wanted.length && own.every((bytes, index) => bytes.equals(bytesOf(wanted[index])));
  }
  const texts = own.map((bytes) => bytes.toString('utf8'));
  if (sameValue(value, texts.length === 1 && !Array.isArray(value) ? texts[0] : texts)) return true;
  if (texts.length === 1 && sameValue(value, texts[0])) return true;
  const pairs = parts.map((part): Pair => [part.name, encodeURIComponent(part.bytes.toString('utf8'))]);
  return hasField(pairs, name, value, encoding);
}

/** What a binary argument stands for: `text:…` is text, all else base64. */
export function bytesOf(given: unknown): Buffer {
  const text = String(given);
  return text.startsWith('text:') ? Buffer.from(text.slice('text:'.length)) : Buffer.from(text, 'base64');
}

/** XML is not read: it has to be markup, and to hold each single value. */
function isXmlOf(given: unknown, text: string): boolean {
  if (typeof given === 'string') return text === given;
  const plain = text.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name]!,
  );
  return text.trimStart().startsWith('<') && leavesOf(given).every((leaf) => plain.includes(leaf));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  return value === null || value === undefined ? [] : [String(value)];
}

/** Items one after the other: JSON in each line or record; events are not read back. */
function itemsProblem(type: string, given: readonly unknown[], text: string): string | undefined {
  if (/event-stream/.test(type)) return text === '' && given.length > 0 ? 'no event is sent' : undefined;
  const items = text.replaceAll('\u001E', '').split('\n').filter(Boolean).map(parsed);
  return equalJson(given, items) ? undefined : `the items are not as given: ${text.slice(0, 200)}`;
}
