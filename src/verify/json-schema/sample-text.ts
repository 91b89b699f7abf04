import type { Json, JsonSchema } from '../../spec/index.ts';
import { timeFor, TookTooLong, type InTime } from '../../util/index.ts';
import type { Random } from '../random.ts';

const words = [
  'alpha',
  'Grüße',
  '',
  ' ',
  '0',
  '-1',
  'a b c',
  '日本語',
  "O'Brien",
  '<b>x</b>',
  '../x',
  '%s%n',
  '😀',
  'null',
  '1e400',
];

const formats: Readonly<Record<string, string>> = {
  email: 'ada@example.com',
  uri: 'https://example.com/a?b=c',
  url: 'https://example.com/',
  date: '2024-02-29',
  'date-time': '2024-02-29T12:00:00Z',
  time: '12:00:00Z',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  ipv4: '192.0.2.1',
  hostname: 'example.com',
};

/** `likePattern`: a text for a pattern, of those that `openTexts` makes. */
export function text(schema: JsonSchema, random: Random, plain: boolean, likePattern: LikePattern): string {
  const format = typeof schema['format'] === 'string' ? formats[schema['format']] : undefined;
  if (format !== undefined && (plain || random.int(0, 3) > 0)) return format;
  const least = count(schema['minLength'], 0);
  const most = Math.max(least, Math.min(count(schema['maxLength'], 200), 2000));
  const pattern = schema['pattern'];
  const made = typeof pattern === 'string' ? likePattern(pattern) : plain ? 'text' : random.pick(words);
  const padded = made.length < least ? made.padEnd(Math.min(least, 10_000), 'x') : made;
  return [...padded].slice(0, most).join('');
}

export type LikePattern = (pattern: string) => string;

const simple = ['text', 'a', 'A', '1', 'ab_1', '2024-02-29', 'a.txt', '12:00', '#aabbcc', 'USD', '+4930123456'];

/**
 * Texts that the common simple patterns accept (anchored classes with a count); others get near misses. Each pattern is tried
 * once, and all together have less than a second.
 */
export function openTexts(): LikePattern {
  const inTime = timeFor(800, 200);
  const known = new Map<string, string>();
  return (pattern) => {
    const made = known.get(pattern) ?? accepted(pattern, inTime) ?? 'text';
    known.set(pattern, made);
    return made;
  };
}

function accepted(pattern: string, inTime: InTime): string | undefined {
  try {
    const expression = new RegExp(pattern, 'u');
    return inTime(() => simple.find((candidate) => expression.test(candidate)));
  } catch (error) {
    if (error instanceof TookTooLong || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const count = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' && value >= 0 ? value : otherwise;
export const bound = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
