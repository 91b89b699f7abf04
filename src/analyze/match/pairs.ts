import { countShared, has, shared } from './bits.ts';
import type { Evidence } from './evidence.ts';
import type { Occurrence, Read } from './occurrences.ts';
import type { MatchIndex, Pattern } from './patterns.ts';

/** A verb with one of its things: each counts the more, the fewer tools claim it. Adds to `found`. */
export function addPairs(
  index: MatchIndex,
  read: Read,
  occurrences: readonly Occurrence[],
  verbs: readonly Occurrence[],
  found: Evidence[],
): void {
  const { sentences } = read.tokens;
  const hasFormat = occurrences.some(({ pattern }) => pattern.format !== undefined);
  for (const object of occurrences) {
    const { format, claims } = object.pattern;
    let chain = format === undefined ? undefined : governing(verbs, object, read);
    if (chain !== undefined) addVerbsOfFormat(chain, object, found);
    if (claims.thingsOf.length === 0) continue;
    for (const verb of verbs) {
      if (!shared(verb.pattern.claims.verbs, claims.things)) continue;
      if (verb.start === object.start || sentences[verb.start] !== sentences[object.start]) continue;
      chain ??= governing(verbs, object, read);
      const distance = verb.end < object.start ? object.start - verb.end : verb.start - object.end;
      const far = chain.includes(verb) ? 0 : 0.2 + 0.01 * Math.max(0, distance - 3);
      addPair(index, verb, object, hasFormat, far, found);
    }
  }
}

function addPair(
  index: MatchIndex,
  verb: Occurrence,
  object: Occurrence,
  hasFormat: boolean,
  far: number,
  found: Evidence[],
): void {
  const { verbs } = verb.pattern.claims;
  const { things, thingsOf } = object.pattern.claims;
  const rivals = countShared(verbs, things, index.own);
  const weak = verb.pattern.weak && object.pattern.weak;
  // Dates, texts and sums of a data set are the business of the tools for data sets.
  const dataFirst = hasFormat && !weak && countShared(verbs, things, index.onData) > 0;
  const start = Math.min(verb.start, object.start);
  const end = Math.max(verb.end, object.end);
  for (const target of thingsOf) {
    // `Stripe posts an event`: there the system acts, nobody calls it.
    if (!has(verbs, target) || (verb.start > object.start && index.clients.has(target))) continue;
    const own = has(index.own, target);
    const after = dataFirst && own && !has(index.onData, target);
    const score = after ? 0.5 : scoreOfPair(verb.pattern, object.pattern, own ? rivals : 0);
    found.push({ target, score: score - far, kind: 'pair', start, end, sure: false });
  }
}

/**
 * The fewer tools claim both words, the surer; words that every trade uses for everything count less.
 * @param rivals how many tools claim both; 0 for what lies beyond the recipes, which has no rivals.
 */
function scoreOfPair(verb: Pattern, object: Pattern, rivals: number): number {
  if (verb.weak && object.weak) return 0.4;
  const base = rivals <= 1 ? 0.94 : rivals === 2 ? 0.82 : 0.6;
  const common = rivals === 0 ? 0 : Number(verb.claims.commonVerb) + Number(object.claims.commonThing);
  return base - (verb.weak || object.weak ? 0.22 : 0) - common * 0.05;
}

/** Verbs that ask for one tool by themselves do so with a file of any format. */
function addVerbsOfFormat(verbs: readonly Occurrence[], object: Occurrence, found: Evidence[]): void {
  for (const { pattern, start: at } of verbs) {
    const target = pattern.claims.onAnyFormat;
    if (target === undefined) continue;
    const start = Math.min(at, object.start);
    found.push({ target, score: 0.76, kind: 'pair', start, end: Math.max(at, object.end), sure: false });
  }
}

/**
 * The verbs an object belongs to: the nearest before it with those joined to that
 * (`read and check`), unless only one after it stands in the same clause.
 */
function governing(verbs: readonly Occurrence[], object: Occurrence, { tokens }: Read): Occurrence[] {
  const { sentences, clauses } = tokens;
  const sentence = sentences[object.start];
  let nearest: Occurrence | undefined;
  let after: Occurrence | undefined;
  for (const verb of verbs) {
    if (sentences[verb.start] !== sentence) continue;
    if (verb.end < object.start) nearest = verb;
    else if (after === undefined && verb.start > object.end) after = verb;
  }
  const isOwn = (verb: Occurrence | undefined): boolean =>
    verb !== undefined && clauses[verb.start] === clauses[object.start];
  if (nearest === undefined || (!isOwn(nearest) && isOwn(after)))
    return after === undefined ? [] : verbs.filter((verb) => verb.start === after.start);
  let reach = nearest.start;
  const chain: Occurrence[] = [];
  for (let at = verbs.length - 1; at >= 0; at -= 1) {
    const verb = verbs[at];
    if (verb === undefined || verb.end >= object.start || sentences[verb.start] !== sentence) continue;
    if (verb.start < reach - 2) break;
    reach = verb.start;
    chain.push(verb);
  }
  return chain;
}
