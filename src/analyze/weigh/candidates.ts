import type { MatchIndex } from '../match/patterns.ts';
import { gatherClues } from './clues.ts';
import type { Clue, Clued, Gathered } from './clues.ts';
import { signFor } from './signs.ts';
import type { Signs } from './signs.ts';
import { markStanding } from './standing-signs.ts';
import { signsOfClues, strongest } from './tool-signs.ts';
import { wholeOf, markWhole } from './whole-signs.ts';

/** A tool that a request perhaps wants, with the signs for and against it. */
export interface Candidate {
  readonly target: number;
  readonly signs: Signs;
  /** More signs: one set for each mention of a format, one alone for other tools. The best counts. */
  readonly views: readonly Signs[];
  /** The parts that speak for it, with the words that do most. */
  readonly places: readonly { readonly part: number; readonly words: string }[];
}

/** Gathers the signs of every tool that anything in the request speaks for. */
export function gatherCandidates(index: MatchIndex, parts: readonly Clued[]): Candidate[] {
  const gathered = gatherClues(index, parts);
  const whole = wholeOf(index, gathered);
  return [...gathered.clues].map(([target, clues]) => {
    const best = clues.reduce(strongest);
    const signs = signsOfClues(index, gathered, target, clues, best);
    markWhole(index, whole, target, signs);
    return { target, signs, views: viewsOf(index, gathered, target, best), places: placesOf(gathered, clues, best) };
  });
}

function viewsOf(index: MatchIndex, gathered: Gathered, target: number, best: Clue): Signs[] {
  const mentions = gathered.mentions.get(target);
  if (mentions === undefined) {
    const signs: Signs = new Map();
    markStanding(index, gathered, target, best, signs);
    return [signs];
  }
  const count = signFor(index.targets[target]?.way ?? 'in', 'mentions');
  return mentions.map(({ clue, signs }) => {
    signs.set(count, Math.min(3, mentions.length));
    markStanding(index, gathered, target, clue, signs);
    return signs;
  });
}

/** The part with the best clue, and those whose own clues are nearly as good. */
function placesOf({ parts }: Gathered, clues: readonly Clue[], best: Clue): Candidate['places'] {
  return parts.flatMap(({ found }, part) => {
    const own = clues.filter((clue) => clue.part === part);
    if (own.length === 0) return [];
    const { start, end, score } = own.reduce(strongest);
    if (part !== best.part && score < 0.5) return [];
    return [{ part, words: found.read.tokens.words.slice(start, end + 1).join(' ') }];
  });
}
