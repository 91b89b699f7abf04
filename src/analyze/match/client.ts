import type { Evidence, Found } from './evidence.ts';
import type { MatchIndex } from './patterns.ts';
import { findSystem } from './subject.ts';

/** A system by name or kind with a verb of its client: `pull the orders from Shopify`. */
export function clientOfSystem(index: MatchIndex, found: Found): Evidence[] {
  const system = findSystem(index, found.read);
  if (system === undefined) return [];
  const { sentences } = found.read.tokens;
  return [...index.clients].flatMap((target) => {
    if (
      found.occurrences.some(
        ({ pattern, start }) => pattern.notOf.includes(target) && sentences[start] === sentences[system],
      )
    )
      return [];
    const verb = found.occurrences.find(
      ({ pattern, start }) =>
        pattern.verbOf.includes(target) &&
        start < system &&
        sentences[start] === sentences[system] &&
        !isState(found, start),
    );
    return verb === undefined
      ? []
      : [
          {
            target,
            score: 0.8,
            kind: 'pair' as const,
            start: Math.min(verb.start, system),
            end: Math.max(verb.end, system),
            sure: false,
          },
        ];
  });
}

/** `exported from DATEV`: a participle that nobody wished for says where things are. */
function isState({ read }: Found, at: number): boolean {
  return (read.tokens.words[at] ?? '').endsWith('ed') && read.tokens.wished[at] !== true;
}
