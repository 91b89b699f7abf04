import { limits } from '../../spec/index.ts';
import type { Limits } from '../../spec/index.ts';

/** Limits read from words, and the words each was read from. */
export interface ReadLimits {
  readonly limits: Limits;
  readonly reasons: readonly { readonly about: string; readonly because: string }[];
}

const sizeUnits: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const timeUnits: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/^(ms|millis|milliseconds?|msecs?)$/, 0.001],
  [/^(s|secs?|seconds?|sek|sekunden)$/, 1],
  [/^(m|mins?|minutes?|minuten)$/, 60],
  [/^(h|hrs?|hours?|stunden?)$/, 3600],
  [/^(d|days?|tage?)$/, 86_400],
];
const numberWords: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  once: 1,
  two: 2,
  twice: 2,
  couple: 2,
  three: 3,
  thrice: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  hundred: 100,
  thousand: 1000,
  half: 0.5,
};

const number = String.raw`(\d[\d.,]*\s?k?|\b(?:an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|sixty|half an?|half a|a hundred|a thousand|a couple of)\b)`;
const size = new RegExp(String.raw`${number}\s*-?\s*([kmg])(?:i?b|ilobytes?|egabytes?|igabytes?|egs?|igs?)\b`, 'i');
const time = new RegExp(
  String.raw`${number}\s*-?\s*(ms|milliseconds?|millis|s|secs?|seconds?|mins?|minutes?|hours?|hrs?)\b`,
  'i',
);
const rate = new RegExp(
  String.raw`${number}\s*(?:(?:api|http|rest|outgoing)\s+)?((?:calls?|requests?|reqs?|queries|hits|api calls)\b)?\s*(?:are allowed|allowed|max(?:imum)?)?\s*(?:per|/|an?\b|each|every|in an?|in any|in|p\.)\s*(\d+\s*)?(seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|hr|h|days?|d)\b`,
  'i',
);
const shortRate = /(\d[\d.,]*)\s*(rps|qps|rpm|rph)\b/i;
const bounding =
  /\b(under|within|below|at most|no (?:more|longer|larger|bigger|greater) than|not (?:more|longer|take|exceed)|up to|max(?:imum)?|limit(?:ed|s)?|less than|shorter than|smaller than|time ?out|not exceed|handle|takes?|finish|complete|in|faster|respond|hochstens|maximal)\b/i;

/**
 * Reads what bounds the work: sizes, seconds, calls in a time, retries. `constraints` speak of nothing else; other
 * sentences must bound in so many words.
 */
export function readLimits(constraints: readonly string[], others: readonly string[]): ReadLimits {
  const found: Limits = limits.parse({});
  const reasons: { about: string; because: string }[] = [];
  const keep = (about: string, because: string, set: () => void): void => {
    set();
    reasons.push({ about, because: `“${because.trim().slice(0, 120)}”` });
  };
  for (const [text, bound] of [
    ...constraints.map((line) => [line, true] as const),
    ...others.map((line) => [line, false] as const),
  ]) {
    const stated = bound || bounding.test(text);
    const calls = readRate(text, bound);
    const rest = calls === undefined ? text : text.replace(rate, ' ');
    const bytes = stated ? readSize(rest) : undefined;
    const seconds = stated ? readSeconds(rest, bound) : undefined;
    const retries = readRetries(text);
    if (bytes !== undefined && found.maxInputBytes === undefined)
      keep('limit of input size', text, () => (found.maxInputBytes = bytes));
    if (seconds !== undefined && found.maxSeconds === undefined)
      keep('limit of time', text, () => (found.maxSeconds = seconds));
    if (calls !== undefined && found.calls === undefined) keep('limit of calls', text, () => (found.calls = calls));
    if (retries !== undefined && found.retries === undefined) keep('retries', text, () => (found.retries = retries));
  }
  return { limits: found, reasons };
}

/** Bytes; a megabyte counts 1024 × 1024, so that a file of that size passes by either measure. */
function readSize(text: string): number | undefined {
  const [, amount, unit] = size.exec(text) ?? [];
  const value = amount === undefined ? undefined : readNumber(amount);
  return value === undefined || value <= 0
    ? undefined
    : Math.round(value * (sizeUnits[(unit ?? 'm').toLowerCase()] ?? 1));
}

function readSeconds(text: string, bound: boolean): number | undefined {
  const match = time.exec(text);
  const before = text.slice(0, match?.index ?? 0);
  if (
    match === null ||
    /\b(every|each|per|after|ago|last|past|older than|wait|interval of|cache\w* for)\s*$/i.test(before)
  )
    return undefined;
  if (
    !bound &&
    !/\b(under|within|below|at most|than|up to|max(?:imum)?|limit|in|time ?out(?: of| is)?)\s*$/i.test(before)
  )
    return undefined;
  const value = readNumber(match[1] ?? '');
  return value === undefined || value <= 0 ? undefined : value * secondsOf(match[2] ?? 's');
}

function readRate(text: string, bound: boolean): Limits['calls'] | undefined {
  const short = shortRate.exec(text);
  if (short !== null)
    return callsOf(short[1] ?? '', { rps: 1, qps: 1, rpm: 60, rph: 3600 }[(short[2] ?? 'rps').toLowerCase()] ?? 1);
  const match = rate.exec(text);
  if (match === null) return undefined;
  const aboutCalls = match[2] !== undefined || /\b(api|calls?|requests?|rate|throttl\w*|quota|queries)\b/i.test(text);
  const slash = /\d\s*k?\s*(\/|per)/i.test(match[0]);
  if (!aboutCalls && !(bound && slash)) return undefined;
  return callsOf(match[1] ?? '', secondsOf(match[4] ?? 's') * Number((match[3] ?? '1').trim() || '1'));
}

function callsOf(amount: string, seconds: number): Limits['calls'] | undefined {
  const count = readNumber(amount);
  return count === undefined || count < 1 ? undefined : { count: Math.floor(count), seconds };
}

/** Three tries more is what “retry failed requests” gets when it names no number. */
const usualRetries = 3;

function readRetries(text: string): number | undefined {
  if (
    /\b(do not|don'?t|never|no|without|not)\s+(?:be\s+)?(?:automatic\s+)?(retry|retries|retried|retrying)\b/i.test(text)
  )
    return 0;
  if (!/\b(retry|retries|retried|retrying|re-?try|try (?:it |them )?again|attempts?|repeat failed)\b/i.test(text))
    return undefined;
  const amount = new RegExp(
    String.raw`${number}\s*(?:x|×)?\s*(?:more\s+)?(?:times|retries|attempts|tries)\b|\b(twice|once)\b`,
    'i',
  ).exec(text);
  const count = amount === null ? usualRetries : (readNumber(amount[1] ?? amount[2] ?? '') ?? usualRetries);
  const attempts = amount !== null && /attempts|tries$/i.test(amount[0]) && !/retries/i.test(amount[0]);
  return Math.max(0, Math.min(10, Math.round(attempts ? count - 1 : count)));
}

function secondsOf(unit: string): number {
  return timeUnits.find(([pattern]) => pattern.test(unit.toLowerCase()))?.[1] ?? 1;
}

/** `1,000`, `1.000`, `2.5`, `10k`, `half a`, `five`. */
function readNumber(text: string): number | undefined {
  const word =
    text
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .find((part) => numberWords[part] !== undefined && part !== 'a' && part !== 'an') ?? text.trim().toLowerCase();
  if (numberWords[word] !== undefined) return numberWords[word];
  const thousand = word.endsWith('k') ? 1000 : 1;
  const digits = word
    .replace(/\s?k$/, '')
    .replace(/[.,](?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.');
  const value = Number.parseFloat(digits);
  return Number.isFinite(value) ? value * thousand : undefined;
}
