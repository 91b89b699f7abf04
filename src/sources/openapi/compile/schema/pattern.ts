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

/** What heaps up along one way through a pattern, repetitions multiplied. */
interface Weight {
  /** Endless repetitions. */
  readonly endless: number;
  /** What may be there or not, or be one or another. */
  readonly options: number;
}

interface Group {
  /** The alternative that is read. */
  own: Weight;
  /** The most of those before it; undefined where there are none. */
  most?: Weight;
}

const none: Weight = { endless: 0, options: 0 };
const plus = (one: Weight, other: Weight, times = 1): Weight => ({
  endless: one.endless + times * other.endless,
  options: one.options + times * other.options,
});
const heavier = (one: Weight, other = none): Weight => ({
  endless: Math.max(one.endless, other.endless),
  options: Math.max(one.options, other.options),
});
const weightOf = ({ own, most }: Group): Weight =>
  most === undefined ? own : plus(heavier(own, most), { endless: 0, options: 1 });

/** Above this, options in a row may have too many ways together. */
const mostOptions = 20;

const isHeavy = ({ endless, options }: Weight): boolean => endless >= 3 || options > mostOptions;

const tokens = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\{\d+(?:,\d*)?\}|[\s\S]/gu;

/** Whether something that varies is itself repeated without end, three endless repetitions follow each other, or many options do. */
function suspicious(pattern: string): boolean {
  const open: Group[] = [{ own: none }];
  let last = none;
  for (const [token] of pattern.matchAll(tokens)) {
    const group = open.at(-1);
    if (group === undefined) return true;
    const before = last;
    last = none;
    if (token.startsWith('(')) open.push({ own: none });
    else if (token === ')') {
      open.pop();
      const outer = open.at(-1);
      if (outer === undefined) return true;
      last = weightOf(group);
      outer.own = plus(outer.own, last);
    } else if (token === '|') {
      group.most = heavier(group.own, group.most);
      group.own = none;
    } else if (/^(?:[*+?]|\{\d)/.test(token)) {
      const { least, most } = timesOf(token);
      if (isEndless(token) && before.endless + before.options > 0) return true;
      const own = isEndless(token) ? { endless: 1, options: 0 } : { endless: 0, options: most - least };
      group.own = plus(plus(group.own, own), before, isEndless(token) ? 0 : Math.max(0, most - 1));
    }
    if (open.some(({ own }) => isHeavy(own))) return true;
  }
  return open.some((group) => isHeavy(weightOf(group)));
}

/** How often a quantifier lets something stand. */
function timesOf(token: string): { readonly least: number; readonly most: number } {
  const [, low, comma, high] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? [];
  if (low === undefined) return { least: token === '+' ? 1 : 0, most: token === '?' ? 1 : Infinity };
  return { least: Number(low), most: comma !== ',' ? Number(low) : high === '' ? Infinity : Number(high) };
}

function isEndless(token: string): boolean {
  const { least, most } = timesOf(token);
  return least === most ? most > many * 50 : most > many;
}
