import { findSubject, findSystem } from './subject.ts';
import { findEvidence } from './evidence.ts';
import type { Evidence, Found } from './evidence.ts';
import type { MatchIndex } from './patterns.ts';

/** Least score at which a tool is taken; below it the wish counts as not covered. */
export const threshold = 0.74;

/** Least score at which a tool is worth a suggestion. */
const likely = 0.5;

export interface Accepted {
  readonly target: number;
  readonly score: number;
  readonly words: string;
  readonly subject: string | undefined;
}

export interface Matched {
  readonly found: Found;
  readonly tools: Accepted[];
  /** Tools that it perhaps wants: their words stand there, but not surely enough to build them. */
  readonly likely: Accepted[];
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
  const support = supportOf(index, found);
  const sure = kept.filter((one) => one.sure === true || (support[one.target] ?? 0) > 1);
  // What works on data has to get it: then the one format that is named is read.
  const needed = sure.some(
    ({ target }) => index.targets[target]?.onData === true && index.targets[target].way !== 'out',
  );
  const read = needed ? kept.filter(({ target }) => index.targets[target]?.way === 'in' && !isBase(index, target)) : [];
  const tools = [...namedTools(index, text), ...best([...sure, ...read], found, index)];
  const rest = [...kept, ...otherWays(index, recipes), ...found.evidence].filter(
    ({ target, score }) => score >= likely && index.targets[target]?.beyond === undefined,
  );
  const taken = new Set(tools.map(({ target }) => target));
  return {
    found,
    tools,
    likely: best(
      rest.filter(({ target }) => !taken.has(target)),
      found,
      index,
    ),
    beyond: best(lost, found, index),
  };
}

/** How many pieces of evidence speak for each target. */
function supportOf(index: MatchIndex, found: Found): Uint8Array {
  const support = new Uint8Array(index.targets.length);
  for (const { target, score } of found.evidence) if (score >= likely) support[target] = (support[target] ?? 0) + 1;
  return support;
}

const isBase = (index: MatchIndex, target: number): boolean =>
  index.targets[target]?.tool?.vocabulary.objects.includes('sqlite') === true;

/** The same format the other way: what reads a file may have to write one. */
function otherWays(index: MatchIndex, evidence: readonly Evidence[]): Evidence[] {
  return evidence.flatMap((one) => {
    if (one.kind !== 'format') return [];
    const { recipe, way } = index.targets[one.target] ?? {};
    const target = index.targets.findIndex(
      (other) => other.recipe === recipe && other.way !== undefined && other.way !== way,
    );
    return target < 0 ? [] : [{ ...one, target, score: 0.55 }];
  });
}

/** A tool called by its own name is wanted, whatever else is said: so a suggestion is taken up. */
function namedTools(index: MatchIndex, text: string): Accepted[] {
  if (!text.includes('_')) return [];
  return index.targets.flatMap(({ tool }, target) => {
    const name = tool?.fallbackName ?? tool?.name;
    return name !== undefined && text.includes(name) ? [{ target, score: 1, words: name, subject: undefined }] : [];
  });
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
            sure: false,
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
