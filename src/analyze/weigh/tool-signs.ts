import type { Tokens } from '../language/tokens.ts';
import type { MatchIndex } from '../match/patterns.ts';
import type { Clue, Gathered } from './clues.ts';
import { modeNames } from './modes.ts';
import { mark, signFor } from './signs.ts';
import type { Signs } from './signs.ts';

/** Score from which a clue alone would do. */
export const strong = 0.74;

/** Score from which a clue is more than a hint. */
const good = 0.5;

export const strongest = (one: Clue, other: Clue): Clue => (other.score > one.score ? other : one);

/** What the clues of one tool say together. */
export function signsOfClues(
  index: MatchIndex,
  gathered: Gathered,
  target: number,
  clues: readonly Clue[],
  best: Clue,
): Signs {
  const { way, tool } = index.targets[target] ?? {};
  const name = tool?.name ?? '';
  const signs: Signs = new Map([
    [signFor('is', name), 1],
    [signFor('family', familyOf(index, target)), 1],
    ['score', best.score],
  ]);
  const cuesSeen = new Set<number>();
  for (const clue of clues) {
    const tokens = gathered.parts[clue.part]?.found.read.tokens;
    if (tokens === undefined) continue;
    if (clue.kind === 'phrase') markPhrase(signs, clue);
    else if (clue.kind === 'pair') markPair(signs, clue, tokens);
    else if (clue.kind === 'format') mark(signs, signFor(way ?? 'tool', 'rule says so'));
    else if (clue.kind === 'object') mark(signs, 'its thing');
    else if (clue.kind === 'verb') mark(signs, 'its verb');
    else if (clue.kind === 'cue') {
      mark(signs, signFor(name, cueNames[clue.nth ?? 0] ?? 'cue'));
      cuesSeen.add(clue.part * 100 + (clue.nth ?? 0));
    }
  }
  if (cuesSeen.size > 0) {
    mark(signs, 'cue');
    mark(signs, 'cues', Math.log2(1 + cuesSeen.size));
  }
  mark(signs, 'words', Math.log2(1 + wordsOf(gathered, clues)));
  markLights(signs, gathered, clues, best, way === undefined);
  return signs;
}

const cueNames = Array.from({ length: 32 }, (_, nth) => `cue ${nth}`);

function markPhrase(signs: Signs, { start, end, score }: Clue): void {
  mark(signs, 'phrase');
  mark(signs, 'phrase score', Math.max(0, score - 0.4));
  if (end > start) mark(signs, 'phrase of several words');
  if (end > start + 1) mark(signs, 'phrase of three words');
}

function markPair(signs: Signs, { start, end, score }: Clue, tokens: Tokens): void {
  mark(signs, 'pair');
  mark(signs, 'pair score', Math.max(0, score - 0.3));
  if (end - start < 2) mark(signs, 'pair side by side');
  if (score < strong) return;
  if (end - start < 4) mark(signs, 'pair close');
  if (tokens.clauses[start] !== tokens.clauses[end]) return;
  mark(signs, 'pair in one clause');
  if (beginsClause(tokens, start)) mark(signs, 'pair begins its clause');
}

/** How many different words speak for it; bare verbs do not count. */
function wordsOf({ parts }: Gathered, clues: readonly Clue[]): number {
  const seen = new Map<number, Set<string>>();
  let count = 0;
  for (const { kind, part, start, end } of clues) {
    if (kind === 'verb') continue;
    let own = seen.get(part);
    if (own === undefined) seen.set(part, (own = new Set()));
    const words = parts[part]?.found.read.tokens.words ?? [];
    for (let at = start; at <= end; at += 1) {
      const word = words[at] ?? '';
      if (own.has(word)) continue;
      own.add(word);
      count += 1;
    }
  }
  return count;
}

/** In which light its good clues stand. */
function markLights(signs: Signs, { modes }: Gathered, clues: readonly Clue[], best: Clue, isTool: boolean): void {
  let count = 0;
  let common = 0xff;
  let part = -1;
  for (const clue of clues) {
    if (clue.score < good) continue;
    count += 1;
    common &= modes[clue.part]?.[clue.start] ?? 0;
    if (part >= 0 && clue.part !== part) mark(signs, 'in several parts');
    part = clue.part;
  }
  mark(signs, 'clues', Math.log2(1 + count));
  const own = modes[best.part]?.[best.start] ?? 0;
  for (const [name, bit] of modeNames) {
    if ((own & bit) !== 0) mark(signs, name);
    if (isTool && count > 0 && (common & bit) !== 0) mark(signs, signFor('only', name));
  }
}

export const beginsClause = ({ clauses, words }: Tokens, at: number): boolean =>
  at === 0 || clauses[at - 1] !== clauses[at] || /^(?:and|then|to|or)$/.test(words[at - 1] ?? '');

/** Tools that behave alike share weights. */
export function familyOf(index: MatchIndex, target: number): string {
  const { way, onData, tool, taskType } = index.targets[target] ?? {};
  if (way !== undefined) return way;
  if (tool?.annotations.openWorldHint === true) return 'remote';
  if (onData === true) return 'data';
  return taskType ?? 'custom';
}
