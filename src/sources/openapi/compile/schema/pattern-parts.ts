/** A regular expression as a tree; characters are the source text of what matches one. */
export type Part =
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly least: number; readonly most: number }
  /** A look around: matches nothing itself. */
  | { readonly kind: 'look'; readonly part: Part };

const tokens =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|k<[^>]*>|[\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]+>))?|\{\d+(?:,\d*)?\}|[\s\S]/gu;

const empty: Part = { kind: 'sequence', parts: [] };

/** Reads a pattern that compiles with the `u` flag (ECMA-262, 22.2.1). */
export function partsOf(pattern: string): Part {
  const list = [...pattern.matchAll(tokens)].map(([token]) => token);
  let at = 0;
  const choice = (): Part => {
    const choices: Part[] = [];
    let sequence: Part[] = [];
    for (; at < list.length && list[at] !== ')'; at += 1) {
      const token = list[at] ?? '';
      if (token === '|') {
        choices.push({ kind: 'sequence', parts: sequence });
        sequence = [];
      } else if (token.startsWith('(')) {
        at += 1;
        const part = choice();
        sequence.push(/^\(\?(?:[=!]|<[=!])/.test(token) ? { kind: 'look', part } : part);
      } else if (/^(?:[*+?]|\{\d)/.test(token)) {
        const last = sequence.pop() ?? empty;
        // A second `?` only makes it lazy.
        sequence.push(token === '?' && /^(?:[*+?]|\{\d)/.test(list[at - 1] ?? '') ? last : repeated(last, token));
      } else if (!/^(?:[\^$]|\\[bB])$/.test(token)) sequence.push({ kind: 'character', source: token });
    }
    choices.push({ kind: 'sequence', parts: sequence });
    return choices.length === 1 && choices[0] !== undefined ? choices[0] : { kind: 'choice', parts: choices };
  };
  return choice();
}

function repeated(part: Part, token: string): Part {
  const [, low, comma, high] = /^\{(\d+)(,?)(\d*)\}$/.exec(token) ?? [];
  if (low === undefined)
    return { kind: 'repeat', part, least: token === '+' ? 1 : 0, most: token === '?' ? 1 : Infinity };
  const most = comma !== ',' ? Number(low) : high === '' ? Infinity : Number(high);
  return { kind: 'repeat', part, least: Number(low), most };
}
