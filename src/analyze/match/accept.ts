import { findSubject, findSystem } from './subject.ts';
import { findEvidence } from './evidence.ts';
import type { Evidence, Found } from './evidence.ts';
import type { MatchIndex } from './patterns.ts';

/** Least score at which a tool is taken; below it the wish counts as not covered. */
const threshold = 0.74;

export interface Accepted {
  readonly target: number;
  readonly score: number;
  readonly words: string;
  readonly subject: string | undefined;
}

export interface Matched {
  readonly found: Found;
  readonly tools: Accepted[];
  /** What is asked for and lies beyond all recipes, in plain words. */
  readonly beyond: Accepted[];
}

/** Decides which tools one part of a request wants. */
export function matchPart(index: MatchIndex, text: string, fallback: 'in' | 'out' = 'in'): Matched {
  const found = findEvidence(index, text, fallback);
  const evidence = [...found.evidence, ...clientOfSystem(index, found)].filter(({ score }) => score >= threshold);
  const beyond = evidence.filter(({ target }) => index.targets[target]?.beyond !== undefined);
  const recipes = evidence.filter(({ target }) => index.targets[target]?.beyond === undefined);
  const kept = recipes.filter(
    (one) =>
      !beyond.some((rival) => beats(index, found, rival, one)) && !recipes.some((rival) => outdoes(index, rival, one)),
  );
  const lost = beyond.filter((one) => !kept.some((rival) => covers(rival, one) && rival.score > one.score + 0.02));
  return { found, tools: best(kept, found, index), beyond: best(lost, found, index) };
}

/** What lies beyond takes the words it shares with a recipe, unless the recipe is the surer one. */
function beats(index: MatchIndex, found: Found, rival: Evidence, one: Evidence): boolean {
  const { clauses, words } = found.read.tokens;
  if (index.clients.has(one.target) && clauses[rival.start] === clauses[one.start])
    return !named.some((word) => words.includes(word));
  return overlap(rival, one) && rival.score >= one.score - 0.02;
}

const named = ['api', 'apis', 'rest', 'endpoint', 'endpoints'];

/** Of several tools that claim the same words, only those near the surest are taken. */
function outdoes(index: MatchIndex, rival: Evidence, one: Evidence): boolean {
  if (rival.target === one.target || index.targets[one.target]?.way !== undefined || index.clients.has(one.target))
    return false;
  if (!covers(rival, one) || (rival.start !== one.start && rival.end !== one.end)) return false;
  const longer = rival.end - rival.start > one.end - one.start;
  return (
    rival.score > one.score + 0.1 ||
    (longer && rival.kind === 'phrase' && one.kind === 'phrase' && rival.score >= one.score)
  );
}

const overlap = (one: Evidence, other: Evidence): boolean => one.start <= other.end && other.start <= one.end;
const covers = (one: Evidence, other: Evidence): boolean => one.start <= other.start && one.end >= other.end;

/** A system by name or kind with a verb of its client: `pull the orders from Shopify`. */
function clientOfSystem(index: MatchIndex, found: Found): Evidence[] {
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
          },
        ];
  });
}

/** `exported from DATEV`: a participle that nobody wished for says where things are. */
function isState({ read }: Found, at: number): boolean {
  return (read.tokens.words[at] ?? '').endsWith('ed') && read.tokens.wished[at] !== true;
}

function best(evidence: readonly Evidence[], found: Found, index: MatchIndex): Accepted[] {
  const byTarget = new Map<number, Evidence>();
  for (const one of evidence) {
    const before = byTarget.get(one.target);
    if (before === undefined || one.score > before.score) byTarget.set(one.target, one);
  }
  return [...byTarget.values()].map(({ target, score, start, end }) => ({
    target,
    score: Math.min(1, score),
    words: found.read.tokens.words.slice(start, end + 1).join(' '),
    subject: index.clients.has(target) ? findSubject(index, found.read) : undefined,
  }));
}
