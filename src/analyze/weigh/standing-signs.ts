import type { Tokens } from '../language/tokens.ts';
import type { MatchIndex } from '../match/patterns.ts';
import type { Clue, Clued, Gathered } from './clues.ts';
import type { Signs } from './signs.ts';
import { beginsClause, strong } from './tool-signs.ts';

/** How the words of one clue stand in their sentence, and who else claims them. */
export function markStanding(index: MatchIndex, gathered: Gathered, target: number, clue: Clue, signs: Signs): void {
  const part = gathered.parts[clue.part];
  if (part === undefined) return;
  const { tokens } = part.found.read;
  const { start } = clue;
  if (tokens.told[start] === true) signs.set('told verb', 1);
  if (tokens.wished[start] === true) signs.set('wished', 1);
  if (tokens.determined[start] === true) signs.set('determined', 1);
  if (tokens.of[start] === true) signs.set('of', 1);
  if (beginsClause(tokens, start)) signs.set('begins a clause', 1);
  if (start === 0 || tokens.sentences[start - 1] !== tokens.sentences[start]) signs.set('begins a sentence', 1);
  if (/(?:ed|en)$/.test(tokens.words[start] ?? '')) signs.set('participle', 1);
  if (part.output) signs.set('in an expected output', 1);
  if (part.requirement >= 0) signs.set('in a requirement', 1);
  signs.set('late', start / Math.max(1, tokens.words.length));
  markRivals(index, part, target, clue, signs);
  markNeighbours(index, part, tokens, target, start, signs);
  if ((gathered.clues.get(target)?.length ?? 0) > 6) signs.set('many clues', 1);
}

/** Others that claim the same words. */
function markRivals(index: MatchIndex, { found }: Clued, target: number, clue: Clue, signs: Signs): void {
  let beyond = 0;
  let rival = 0;
  let longer = false;
  const rivals = new Set<number>();
  for (const other of found.evidence) {
    if (other.target === target || other.start > clue.end || clue.start > other.end) continue;
    if (index.targets[other.target]?.beyond !== undefined) {
      beyond = Math.max(beyond, other.score);
      continue;
    }
    rivals.add(other.target);
    rival = Math.max(rival, other.score);
    longer ||= other.end - other.start > clue.end - clue.start && other.score >= clue.score;
  }
  if (beyond > 0) signs.set('beyond on its words', beyond - 0.3);
  if (rivals.size === 0) return;
  signs.set('rival on its words', rival - 0.3);
  if (rival > clue.score + 0.05) signs.set('stronger rival', 1);
  if (longer) signs.set('longer rival', 1);
  signs.set('rivals', Math.log2(1 + rivals.size));
}

/** What else stands in its sentence: work beyond the recipes, words that speak against it. */
function markNeighbours(
  index: MatchIndex,
  { found }: Clued,
  { sentences }: Tokens,
  target: number,
  start: number,
  signs: Signs,
): void {
  const sentence = sentences[start];
  for (const other of found.evidence) {
    if (other.score < strong || sentences[other.start] !== sentence) continue;
    if (index.targets[other.target]?.beyond !== undefined) signs.set('beyond in its sentence', 1);
  }
  for (const { pattern, start: at } of found.occurrences)
    if (pattern.notOf.includes(target) && sentences[at] === sentence) signs.set('veto in its sentence', 1);
}
