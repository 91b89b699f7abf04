import { patternCost } from './pattern-cost.ts';

/**
 * The pattern as ECMA-262 with the `u` flag, in which validators of MCP clients and servers compile it:
 * needless escapes (`\-`, `\@`) are taken away. Undefined: it is none, or it can run for ever.
 *
 * @param known what was found out of the document's patterns before.
 */
export function usablePattern(pattern: string, known: Map<string, string | null> = new Map()): string | undefined {
  if (pattern.length > 1000) return undefined;
  const before = known.get(pattern);
  if (before !== undefined) return before ?? undefined;
  const candidate = (isLiteral(pattern) ? [mended(pattern)] : [pattern, mended(pattern)]).find(compiles);
  const usable = candidate !== undefined && endsInTime(candidate, known.size) ? candidate : null;
  known.set(pattern, usable);
  return usable ?? undefined;
}

/** Written as in a program, between slashes: as it stands it would match nothing. */
const isLiteral = (pattern: string): boolean => /^\/\^.*\$\/$/s.test(pattern);

function compiles(pattern: string): boolean {
  try {
    // Both ways: some validators leave the flag out.
    void [new RegExp(pattern, 'u'), new RegExp(pattern)];
    return true;
  } catch {
    return false;
  }
}

/** Other dialects' writings of the same thing: `\A`, `\z`, `\h`, POSIX classes, atomic and possessive forms are not touched. */
function mended(pattern: string): string {
  const slashes = /^\/(.*)\/$/s.exec(pattern);
  let inClass = false;
  return (slashes?.[1] ?? pattern)
    .replace(/^\\A/, '^')
    .replace(/\\[zZ]$/, '$')
    .replace(/\\[\s\S]|[[\]{}]|\(\?P</g, (part, at: number, whole: string) => {
      if (part === '(?P<') return '(?<';
      if (part === '[') {
        if (inClass) return '\\[';
        inClass = true;
        return part;
      }
      if (part === ']') {
        const closes = inClass;
        inClass = false;
        return closes ? part : '\\]';
      }
      if (part === '{' && !inClass) return /^\{\d+(?:,\d*)?\}/.test(whole.slice(at)) ? part : '\\{';
      if (part === '}' && !inClass) return /\{\d+(?:,\d*)?$/.test(whole.slice(0, at)) ? part : '\\}';
      if (part.length < 2) return part;
      return needless(part[1] ?? '', inClass) ? (part[1] ?? '') : part;
    });
}

/** Escapes that the `u` flag refuses: of characters that mean themselves. */
const needless = (character: string, inClass: boolean): boolean =>
  !/[\^$\\.*+?()[\]{}|/]/.test(character) && (inClass ? character !== '-' : true) && !/[a-zA-Z0-9]/.test(character);

/** Bounded repetitions above this count as endless. */
const many = 20;

/** Highest degree of a pattern's time in the length of the text: 1,000 characters then take a second at worst. */
const highestCost = 3;

/** A document with more patterns than this is not looked at so closely: what might take long is left out. */
const mostLookedAt = 400;

/** Only what nests or heaps repetitions can take long; that is looked at exactly. */
const endsInTime = (pattern: string, before: number): boolean =>
  !suspicious(pattern) || (before < mostLookedAt && patternCost(pattern) <= highestCost);

interface Group {
  /** Holds an alternative, or something repeated or optional. */
  varied: boolean;
  /** Endless repetitions of the alternative that is read, and the most of those before it. */
  endless: number;
  most: number;
}

const tokens = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\{\d+(?:,\d*)?\}|[\s\S]/gu;

/** Whether something that varies is itself repeated without end, or three endless repetitions follow each other. */
function suspicious(pattern: string): boolean {
  const open: Group[] = [{ varied: false, endless: 0, most: 0 }];
  let last: Group | undefined;
  for (const [token] of pattern.matchAll(tokens)) {
    const group = open.at(-1);
    if (group === undefined) return true;
    if (token.startsWith('(')) open.push({ varied: false, endless: 0, most: 0 });
    else if (token === ')') {
      last = open.pop();
      const outer = open.at(-1);
      if (outer === undefined || last === undefined) return true;
      outer.varied ||= last.varied;
      outer.endless += Math.max(last.endless, last.most);
    } else if (token === '|') {
      group.varied = true;
      group.most = Math.max(group.most, group.endless);
      group.endless = 0;
    } else if (/^(?:[*+?]|\{\d)/.test(token)) {
      group.varied ||= !/^\{\d+\}$/.test(token);
      if (isEndless(token)) group.endless += 1;
      if (isEndless(token) && last?.varied === true) return true;
    }
    if (token !== ')') last = undefined;
  }
  return open.some(({ endless, most }) => Math.max(endless, most) >= 3);
}

function isEndless(token: string): boolean {
  if (token === '*' || token === '+') return true;
  const [, low, comma, high] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? [];
  if (low === undefined) return false;
  return comma === ',' ? high === '' || Number(high) > many : Number(low) > many * 50;
}
