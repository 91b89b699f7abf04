import { timeFor, TookTooLong } from '#util/within-time.ts';
import { matchOf } from './match-of.ts';

const formats: Readonly<Record<string, string>> = {
  'date-time': '2024-02-29T12:30:00Z',
  date: '2024-02-29',
  time: '12:30:00Z',
  duration: 'P1D',
  email: 'ada@example.com',
  'idn-email': 'ada@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/a',
  'uri-reference': 'https://example.com/a',
  iri: 'https://example.com/a',
  url: 'https://example.com/a',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  byte: 'dGV4dA==',
  'json-pointer': '/a/b',
  regex: 'a',
};

type StringSchema = Readonly<Record<string, unknown>>;

/** A text that fits a string schema: by its pattern, its format, its length. */
export type TextOf = (schema: StringSchema) => string;

const opened = new WeakMap<object, TextOf>();

/** Makes the texts for one API. Its patterns have a time for all of them together; those that go beyond it get no text that fits. */
export function textsFor(api: object): TextOf {
  const texts = opened.get(api) ?? openTexts();
  opened.set(api, texts);
  return texts;
}

function openTexts(): TextOf {
  const inTime = timeFor(3000, 300);
  const known = new Map<string, string>();
  return (schema) => {
    const { pattern, format, contentEncoding, minLength, maxLength } = schema;
    if (typeof pattern !== 'string') return textOf(schema);
    const key = JSON.stringify([pattern, format, contentEncoding, minLength, maxLength]);
    const text = known.get(key) ?? tried(() => inTime(() => textOf(schema)));
    known.set(key, text);
    return text;
  };
}

function tried(make: () => string): string {
  try {
    return make();
  } catch (error) {
    if (error instanceof TookTooLong) return 'text';
    throw error;
  }
}

function textOf(schema: StringSchema): string {
  const least = Number(schema['minLength'] ?? 0);
  const most = Number(schema['maxLength'] ?? Infinity);
  const { pattern, format } = schema;
  const fits = (text: string): boolean => text.length >= least && text.length <= most && suits(pattern, text);
  const known = typeof format === 'string' ? formats[format] : undefined;
  const encoded = schema['contentEncoding'] === 'base64' ? formats['byte'] : undefined;
  const candidates = [known, encoded, 'text', 'a', '1'].filter((text) => text !== undefined);
  const found = candidates.find(fits);
  if (found !== undefined) return found;
  if (typeof pattern === 'string') return matchOf(pattern, least, most) ?? 'text';
  return 'text'.padEnd(Math.min(least, 10_000), 'x').slice(0, Math.max(0, most));
}

function suits(pattern: unknown, text: string): boolean {
  if (typeof pattern !== 'string') return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
