/** How often parts that may repeat are repeated, tried in this order. */
const repeats = [1, 2, 4, 8, 16, 24, 32, 40, 64, 128];

/** A text that a regular expression accepts, of a length between two; undefined where none is found quickly. */
export function matchOf(pattern: string, least: number, most: number): string | undefined {
  const accepts = tester(pattern);
  for (const times of repeats) {
    try {
      const text = alternatives({ pattern, at: 0, times });
      const long = text.length < least && !pattern.endsWith('$') ? text.padEnd(least, 'a') : text;
      if (long.length >= least && long.length <= most && accepts(long)) return long;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function tester(pattern: string): (text: string) => boolean {
  for (const flags of ['u', '']) {
    try {
      const expression = new RegExp(pattern, flags);
      return (text) => expression.test(text);
    } catch {
      // Without `u` more is allowed.
    }
  }
  return () => false;
}

/** A pattern that is read once, from its beginning; what reads a part moves `at` behind it. */
interface Reading {
  readonly pattern: string;
  at: number;
  /** How often what may repeat is written. */
  readonly times: number;
}

/** The first alternative that has something in it; all of them are read. */
function alternatives(reading: Reading): string {
  const texts = [sequence(reading)];
  while (reading.pattern[reading.at] === '|') {
    reading.at++;
    texts.push(sequence(reading));
  }
  return texts.find((text) => text !== '') ?? '';
}

function sequence(reading: Reading): string {
  let text = '';
  while (reading.at < reading.pattern.length && !'|)'.includes(reading.pattern[reading.at]!))
    text += repeated(reading, atom(reading));
  return text;
}

function atom(reading: Reading): string {
  const character = reading.pattern[reading.at++]!;
  if (character === '^' || character === '$') return '';
  if (character === '.') return 'a';
  if (character === '[') return set(reading);
  if (character === '(') return group(reading);
  return character === '\\' ? escape(reading) : character;
}

function group(reading: Reading): string {
  const special = /^\?(?::|<[A-Za-z_]\w*>|<?[=!])/.exec(reading.pattern.slice(reading.at))?.[0] ?? '';
  reading.at += special.length;
  const text = alternatives(reading);
  reading.at++;
  // What only looks ahead or behind adds nothing.
  return /^\?<?[=!]$/.test(special) ? '' : text;
}

const classes: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  t: '\t',
  n: '\n',
  r: '\r',
};

function escape(reading: Reading): string {
  const character = reading.pattern[reading.at++] ?? '';
  if (character === 'b' || character === 'B') return '';
  if (character === 'u' || character === 'x') return codePoint(reading, character);
  if (character !== 'p' && character !== 'P') return classes[character] ?? character;
  const end = reading.pattern.indexOf('}', reading.at) + 1;
  const accepts = tester(`^\\${character}${reading.pattern.slice(reading.at, end)}$`);
  reading.at = end;
  return [...plainest].find(accepts) ?? 'a';
}

function codePoint(reading: Reading, kind: string): string {
  const found = /^(?:\{([\da-f]+)\}|([\da-f]{2})([\da-f]{2})?)/i.exec(reading.pattern.slice(reading.at));
  if (found === null) return kind;
  const digits = found[1] ?? (kind === 'x' ? found[2]! : `${found[2]}${found[3] ?? ''}`);
  reading.at += found[1] === undefined ? digits.length : digits.length + 2;
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

/** Characters for a set, the plainest first. */
const plainest = 'a1A0zZ9-_ ./+=,:@#é';

/** One character of a set: a plain one where there is one. */
function set(reading: Reading): string {
  const { pattern, at: from } = reading;
  const negated = pattern[from] === '^';
  while (reading.at < pattern.length && (pattern[reading.at] !== ']' || reading.at === from))
    reading.at += pattern[reading.at] === '\\' ? 2 : 1;
  const body = pattern.slice(from, reading.at++);
  const found = [...plainest].find(tester(`^[${body}]$`));
  if (found !== undefined || negated) return found ?? 'a';
  return body.startsWith('\\') ? escape({ pattern: body, at: 1, times: 1 }) : body[0]!;
}

function repeated(reading: Reading, text: string): string {
  const { times } = reading;
  const found = /^(?:\{(\d+)(,)?(\d*)\}|[*+?])\??/.exec(reading.pattern.slice(reading.at));
  if (found === null) return text;
  reading.at += found[0].length;
  const [sign] = found[0];
  if (sign === '?' || sign === '*') return times > 1 ? many(text, sign === '?' ? 1 : times) : '';
  if (sign === '+') return many(text, times);
  const least = Number(found[1]);
  const most = found[2] === undefined ? least : found[3] ? Number(found[3]) : Infinity;
  return many(text, Math.min(most, Math.max(least, times > 1 ? times : least)));
}

/** Repetitions of repetitions could fill the memory. */
function many(text: string, times: number): string {
  if (text.length * times > 10_000) throw new RangeError('the text would be too long');
  return text.repeat(times);
}
