import { clientOfSystem } from './client.ts';
import { namedTools } from './named.ts';
import { findSubject } from './subject.ts';
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

/** What is taken of the evidence, the best for each target. */
export interface Chosen {
  readonly found: Found;
  /** Tools called by their own names. */
  readonly named: readonly Accepted[];
  readonly tools: readonly Evidence[];
  readonly likely: readonly Evidence[];
  readonly beyond: readonly Evidence[];
}

/** Decides which tools one part of a request wants. */
export function matchPart(index: MatchIndex, text: string, fallback: 'in' | 'out' = 'in'): Matched {
  const { found, named, tools, likely: rest, beyond } = chooseTools(index, text, fallback);
  const accepted = ({ target, score, start, end }: Evidence): Accepted => ({
    target,
    score: Math.min(1, score),
    words: found.read.tokens.words.slice(start, end + 1).join(' '),
    subject: index.clients.has(target) ? findSubject(index, found.read) : undefined,
  });
  return {
    found,
    tools: [...named, ...tools.map(accepted)],
    likely: rest.map(accepted),
    beyond: beyond.map(accepted),
  };
}

/**
 * The same by numbers alone, without the words that tell why.
 * @param least score from which a tool counts as likely.
 */
export function chooseTools(
  index: MatchIndex,
  text: string,
  fallback: 'in' | 'out' = 'in',
  least: number = likely,
): Chosen {
  const found = findEvidence(index, text, fallback);
  const beyond: Evidence[] = [];
  const recipes: Evidence[] = [];
  for (const one of found.evidence) {
    if (one.score >= threshold) (isBeyond(index, one) ? beyond : recipes).push(one);
  }
  recipes.push(...clientOfSystem(index, found));
  const kept = recipes.filter(
    (one) => !beyond.some((rival) => beats(index, found, rival, one)) && !isOutdone(index, recipes, one),
  );
  const named = namedTools(index, found);
  const tools: Evidence[] = [];
  for (const one of surelyWanted(index, found, kept)) keepBest(tools, one);
  const rest: Evidence[] = [];
  const ways = least <= otherWay ? otherWays(index, recipes) : [];
  for (const list of [kept, ways, found.evidence]) {
    for (const one of list)
      if (one.score >= least && !isBeyond(index, one) && !isAmong(tools, one) && !isAmong(named, one))
        keepBest(rest, one);
  }
  const open: Evidence[] = [];
  for (const one of beyond) if (!kept.some((rival) => isSurer(rival, one))) keepBest(open, one);
  return { found, named, tools, likely: rest, beyond: open };
}

const isBeyond = (index: MatchIndex, { target }: Evidence): boolean => index.targets[target]?.beyond !== undefined;
const isAmong = (chosen: readonly { readonly target: number }[], one: Evidence): boolean =>
  chosen.some(({ target }) => target === one.target);

/** A recipe that says what lies beyond in more words, and more surely. */
const isSurer = (rival: Evidence, one: Evidence): boolean => covers(rival, one) && rival.score > one.score + 0.02;

/** What is kept and sure by its kind or by a second sign; and the format that a tool for data reads. */
function surelyWanted(index: MatchIndex, found: Found, kept: readonly Evidence[]): Evidence[] {
  const support = supportOf(index, found);
  const sure = kept.filter((one) => one.sure || (support[one.target] ?? 0) > 1);
  // What works on data has to get it: then the one format that is named is read.
  const needed = sure.some(
    ({ target }) => index.targets[target]?.onData === true && index.targets[target].way !== 'out',
  );
  if (!needed) return sure;
  return [...sure, ...kept.filter(({ target }) => index.targets[target]?.way === 'in' && !isBase(index, target))];
}

/** How many pieces of evidence speak for each target. */
function supportOf(index: MatchIndex, found: Found): Uint8Array {
  const support = new Uint8Array(index.targets.length);
  for (const { target, score } of found.evidence) if (score >= likely) support[target] = (support[target] ?? 0) + 1;
  return support;
}

const isBase = (index: MatchIndex, target: number): boolean =>
  index.targets[target]?.tool?.vocabulary.objects.includes('sqlite') === true;

const otherWay = 0.55;

/** The same format the other way: what reads a file may have to write one. */
function otherWays(index: MatchIndex, evidence: readonly Evidence[]): Evidence[] {
  return evidence.flatMap((one) => {
    if (one.kind !== 'format') return [];
    const { recipe, way } = index.targets[one.target] ?? {};
    const target = index.targets.findIndex(
      (other) => other.recipe === recipe && other.way !== undefined && other.way !== way,
    );
    return target < 0 ? [] : [{ ...one, target, score: otherWay }];
  });
}

/** What lies beyond takes the words it shares with a recipe, unless the recipe is the surer one. */
function beats(index: MatchIndex, found: Found, rival: Evidence, one: Evidence): boolean {
  const { clauses, words } = found.read.tokens;
  if (index.clients.has(one.target) && clauses[rival.start] === clauses[one.start])
    return !systemWords.some((word) => words.includes(word));
  return overlap(rival, one) && rival.score >= one.score - 0.02;
}

const systemWords = ['api', 'apis', 'rest', 'endpoint', 'endpoints'];

/** Of several tools that claim the same words, only those near the surest are taken. */
function isOutdone(index: MatchIndex, rivals: readonly Evidence[], one: Evidence): boolean {
  if (index.targets[one.target]?.way !== undefined || index.clients.has(one.target)) return false;
  return rivals.some((rival) => rival.target !== one.target && outdoes(rival, one));
}

function outdoes(rival: Evidence, one: Evidence): boolean {
  if (!covers(rival, one) || (rival.start !== one.start && rival.end !== one.end)) return false;
  const longer = rival.end - rival.start > one.end - one.start;
  return (
    rival.score > one.score + 0.1 ||
    (longer && rival.kind === 'phrase' && one.kind === 'phrase' && rival.score >= one.score)
  );
}

const overlap = (one: Evidence, other: Evidence): boolean => one.start <= other.end && other.start <= one.end;
const covers = (one: Evidence, other: Evidence): boolean => one.start <= other.start && one.end >= other.end;

/** Keeps the best for each target, in the order in which they come up. */
function keepBest(chosen: Evidence[], one: Evidence): void {
  const at = chosen.findIndex(({ target }) => target === one.target);
  const before = chosen[at];
  if (before === undefined) chosen.push(one);
  else if (one.score > before.score) chosen[at] = one;
}
