import type { Tokens } from '../language/tokens.ts';
import type { Accepted } from './accept.ts';
import type { Found } from './evidence.ts';
import type { MatchIndex } from './patterns.ts';

/** A tool called by its own name is wanted, unless it is ruled out (`no csv_exporter`): so a suggestion is taken up. */
export function namedTools(index: MatchIndex, found: Found): Accepted[] {
  const { tokens } = found.read;
  if (!tokens.text.includes('_')) return [];
  return index.targets.flatMap(({ tool }, target) => {
    const name = tool?.fallbackName ?? tool?.name;
    return name !== undefined && isNamed(tokens, name) ? [{ target, score: 1, words: name, subject: undefined }] : [];
  });
}

/** Whether a name stands somewhere outside a negation. */
function isNamed({ text, places, negated }: Tokens, name: string): boolean {
  for (let place = text.indexOf(name); place >= 0; place = text.indexOf(name, place + 1)) {
    const word = places.findIndex((start) => start >= place);
    if (word >= 0 && negated[word] !== true) return true;
  }
  return false;
}
