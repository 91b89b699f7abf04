/** How often parts that may repeat are repeated, tried in this order. */
const repeats = [1, 2, 4, 8, 16, 24, 32, 40, 64, 128];

/** A text that a regular expression accepts, of a length between two; undefined where none is found quickly. */
export function matchOf(pattern: string, least: number, most: number): string | undefined {
  const accepts = tester(pattern);
  for (const times of repeats) {
    try {
      const text = new Reader(pattern, times).read();
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

/** Characters for a set, the plainest first. */
const plainest = 'a1A0zZ9-_ ./+=,:@#é';

/** Reads a pattern once, writing the plainest text that it accepts. */
class Reader {
  private at = 0;
  private readonly pattern: string;
  private readonly times: number;

  constructor(pattern: string, times: number) {
    this.pattern = pattern;
    this.times = times;
  }

  /** The first alternative that has something in it; all of them are read. */
  read(): string {
    const alternatives = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at++;
      alternatives.push(this.sequence());
    }
    return alternatives.find((text) => text !== '') ?? '';
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at]!)) text += this.repeated(this.atom());
    return text;
  }

  private atom(): string {
    const character = this.pattern[this.at++]!;
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'a';
    if (character === '[') return this.set();
    if (character === '(') return this.group();
    return character === '\\' ? this.escape() : character;
  }

  private group(): string {
    const special = /^\?(?::|<[A-Za-z_]\w*>|<?[=!])/.exec(this.pattern.slice(this.at))?.[0] ?? '';
    this.at += special.length;
    const text = this.read();
    this.at++;
    // What only looks ahead or behind adds nothing.
    return /^\?<?[=!]$/.test(special) ? '' : text;
  }

  private escape(): string {
    const character = this.pattern[this.at++] ?? '';
    if (character === 'b' || character === 'B') return '';
    if (character === 'u' || character === 'x') return this.codePoint(character);
    if (character === 'p' || character === 'P') {
      const end = this.pattern.indexOf('}', this.at) + 1;
      const accepts = tester(`^\\${character}${this.pattern.slice(this.at, end)}$`);
      this.at = end;
      return [...plainest].find(accepts) ?? 'a';
    }
    return classes[character] ?? character;
  }

  private codePoint(kind: string): string {
    const found = /^(?:\{([\da-f]+)\}|([\da-f]{2})([\da-f]{2})?)/i.exec(this.pattern.slice(this.at));
    if (found === null) return kind;
    const digits = found[1] ?? (kind === 'x' ? found[2]! : `${found[2]}${found[3] ?? ''}`);
    this.at += found[1] === undefined ? digits.length : digits.length + 2;
    return String.fromCodePoint(Number.parseInt(digits, 16));
  }

  /** One character of a set: a plain one where there is one. */
  private set(): string {
    const from = this.at;
    const negated = this.pattern[this.at] === '^';
    while (this.pattern[this.at] !== ']' || this.at === from) this.at += this.pattern[this.at] === '\\' ? 2 : 1;
    const body = this.pattern.slice(from, this.at++);
    const accepts = tester(`^[${body}]$`);
    const found = [...plainest].find(accepts);
    if (found !== undefined || negated) return found ?? 'a';
    return body.startsWith('\\') ? new Reader(body, 1).escapeAtStart() : body[0]!;
  }

  private escapeAtStart(): string {
    this.at = 1;
    return this.escape();
  }

  private repeated(text: string): string {
    const found = /^(?:\{(\d+)(,)?(\d*)\}|[*+?])\??/.exec(this.pattern.slice(this.at));
    if (found === null) return text;
    this.at += found[0].length;
    const [sign] = found[0];
    if (sign === '?' || sign === '*') return this.times > 1 ? text.repeat(sign === '?' ? 1 : this.times) : '';
    if (sign === '+') return text.repeat(this.times);
    const least = Number(found[1]);
    const most = found[2] === undefined ? least : found[3] ? Number(found[3]) : Infinity;
    return text.repeat(Math.min(most, Math.max(least, this.times > 1 ? this.times : least), 1000));
  }
}
