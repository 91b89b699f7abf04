import type { Accepted } from '../match/accept.ts';
import type { MatchIndex } from '../match/patterns.ts';
import { findSubject } from '../match/subject.ts';
import { gatherCandidates } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import type { Clued } from './clues.ts';
import type { Signs } from './signs.ts';
import { weights } from './weights.ts';

/**
 * Least chance at which a tool is built without asking. `bench/analysis/fit.ts` prints what other values give; here, of
 * requests held out, 2.5 % of what is accepted is wrong and 75 % of what is wanted is accepted.
 */
const sure = 0.905;

/** Least chance at which a tool is worth a suggestion. */
const worthSaying = 0.04;

const weightOf = new Map(Object.entries(weights));

/** Chance that a tool is wanted, from the signs for and against it. */
function chanceOf({ signs, views }: Candidate): number {
  return 1 / (1 + Math.exp(-(sumOf(signs) + Math.max(...views.map(sumOf)))));
}

function sumOf(signs: Signs): number {
  let sum = 0;
  for (const [name, value] of signs) sum += (weightOf.get(name) ?? 0) * value;
  return sum;
}

/**
 * Decides again, over the whole request, what the rules found part by part: a tool whose signs make it sure is accepted
 * in the parts that speak for it, what is only likely becomes a suggestion.
 */
export function weighTools<Part extends Clued>(index: MatchIndex, parts: readonly Part[]): Part[] {
  const tools: Accepted[][] = parts.map((part) => part.tools.filter(({ score }) => score === 1));
  const likely: Accepted[][] = parts.map(() => []);
  const named = new Set(tools.flat().map(({ target }) => target));
  for (const candidate of gatherCandidates(index, parts)) {
    const chance = chanceOf(candidate);
    if (named.has(candidate.target) || chance < worthSaying) continue;
    const list = chance >= sure ? tools : likely;
    for (const { part, words } of candidate.places) {
      const read = parts[part]?.found.read;
      const subject = read !== undefined && index.clients.has(candidate.target) ? findSubject(index, read) : undefined;
      list[part]?.push({ target: candidate.target, score: Math.min(0.99, chance), words, subject });
    }
  }
  return parts.map((part, at) => ({ ...part, tools: tools[at] ?? [], likely: likely[at] ?? [] }));
}
