/** Shorter words are too alike, longer ones are no words. */
const shortest = 4;
const longest = 24;

/** Known forms by the keys under which words one typo apart meet. */
export type Typos = ReadonlyMap<number, readonly string[]>;

export function indexTypos(forms: Iterable<string>): Typos {
  const typos = new Map<number, string[]>();
  for (const form of forms) {
    for (const key of keysOf(form)) {
      const same = typos.get(key);
      if (same === undefined) typos.set(key, [form]);
      else same.push(form);
    }
  }
  return typos;
}

/** The known form one typo away from an unknown word, when the word is long enough and no figure. */
export function corrected(word: string, typos: Typos): string | undefined {
  if (word.length < shortest || word.length > longest || isDigit(word.charCodeAt(0))) return undefined;
  for (const key of keysOf(word)) {
    const form = typos.get(key)?.find((candidate) => isOneEdit(word, candidate));
    if (form !== undefined) return form;
  }
  return undefined;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** One letter more, less or other, or two neighbours swapped; long words may differ in one more place. */
function isOneEdit(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const left = one.length - start - end;
  const right = other.length - start - end;
  if (left <= 1 && right <= 1) return true;
  const swapped = left === 2 && right === 2 && one[start] === other[start + 1] && one[start + 1] === other[start];
  return swapped || (one.length >= 9 && left <= 2 && right <= 2);
}

/** Spreads letters over 32 bits; figures of the FNV hash. */
const spread = 0x01000193;

/**
 * Hashes of the word, and of the word with each letter but the first left out: two words share one when one edit
 * separates them, or a swap. Words of four letters meet when they have the same letters and begin alike.
 */
function keysOf(word: string): number[] {
  const { length } = word;
  if (length < shortest || length > longest + 1) return [];
  if (length === shortest) return [hashOfLetters(word)];
  const keys = [0];
  let before = 0;
  for (let at = 0; at < length; at += 1) {
    keys[at] = before;
    before = (Math.imul(before, spread) + word.charCodeAt(at)) | 0;
  }
  keys[0] = before;
  let after = 0;
  let power = 1;
  for (let at = length - 1; at > 0; at -= 1) {
    keys[at] = (Math.imul(keys[at] ?? 0, power) + after) | 0;
    after = (after + Math.imul(word.charCodeAt(at), power)) | 0;
    power = Math.imul(power, spread);
  }
  return keys;
}

/** The same for all orders of the letters after the first. */
function hashOfLetters(word: string): number {
  let hash = Math.imul(word.charCodeAt(0), spread);
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    hash = (hash + Math.imul(Math.imul(code, spread) ^ (code << 7), spread)) | 0;
  }
  return hash;
}
