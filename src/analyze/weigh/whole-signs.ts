import type { MatchIndex, Target } from '../match/patterns.ts';
import { findSystem } from '../match/subject.ts';
import type { Clue, Gathered } from './clues.ts';
import { signFor } from './signs.ts';
import type { Signs } from './signs.ts';
import { familyOf, strong } from './tool-signs.ts';

/** What is known of the request as a whole. */
interface Whole {
  readonly clues: ReadonlyMap<number, readonly Clue[]>;
  readonly strong: number;
  /** Readers and writers of formats among the strong. */
  readonly formats: readonly { readonly target: number; readonly of: Target }[];
  readonly dataTools: number;
  readonly accepted: ReadonlySet<number>;
  readonly likely: ReadonlySet<number>;
  readonly beyond: boolean;
  readonly model: boolean;
  readonly system: boolean;
  readonly words: number;
  /** It has requirements or expected outputs. */
  readonly context: boolean;
}

export function wholeOf(index: MatchIndex, { parts, clues }: Gathered): Whole {
  const strongOnes = [...clues].flatMap(([target, own]) => {
    const of = index.targets[target];
    return of !== undefined && own.some(({ score }) => score >= strong) ? [{ target, of }] : [];
  });
  const beyond = parts.flatMap((part) => part.beyond.map(({ target }) => index.targets[target]));
  return {
    clues,
    strong: strongOnes.length,
    formats: strongOnes.filter(({ of }) => of.way !== undefined),
    dataTools: strongOnes.filter(({ of }) => of.onData && of.way === undefined).length,
    accepted: new Set(parts.flatMap(({ tools }) => tools.map(({ target }) => target))),
    likely: new Set(parts.flatMap((part) => part.likely.map(({ target }) => target))),
    beyond: beyond.length > 0,
    model: beyond.some((target) => target?.taskType === 'ml_pipeline'),
    system: parts.some(({ found }) => findSystem(index, found.read) !== undefined),
    words: parts.reduce((sum, { found }) => sum + found.read.tokens.words.length, 0),
    context: parts.some(({ output, requirement }) => output || requirement > 0),
  };
}

/** What the whole request says for or against one tool. */
export function markWhole(index: MatchIndex, whole: Whole, target: number, signs: Signs): void {
  const own = index.targets[target];
  const kind = own?.way ?? 'tool';
  signs.set('constant', 1);
  signs.set('length', Math.log2(1 + whole.words) / 5);
  if (whole.accepted.has(target)) signs.set('rules accept', 1);
  if (whole.likely.has(target)) signs.set('rules think likely', 1);
  if (whole.beyond) signs.set(signFor(kind, 'beyond'), 1);
  if (whole.model) signs.set(signFor(kind, 'model'), 1);
  if (whole.system) signs.set(signFor(familyOf(index, target), 'system named'), 1);
  if (whole.context) signs.set(signFor(kind, 'context'), 1);
  if (own?.way !== undefined) markFormat(index, whole, target, own, signs);
  else {
    signs.set('strong', Math.log2(1 + whole.strong));
    if (own?.onData === true && whole.formats.length > 0) signs.set('data tool with a format', 1);
  }
}

/** Other formats that are read or written, and the same format the other way. */
function markFormat(index: MatchIndex, whole: Whole, target: number, own: Target, signs: Signs): void {
  const kind = own.way ?? 'tool';
  const others = whole.formats.filter((other) => other.target !== target);
  if (others.some(({ of }) => of.way === own.way)) signs.set(signFor(kind, 'another of that way'), 1);
  if (others.some(({ of }) => of.recipe === own.recipe)) signs.set(signFor(kind, 'the other way too'), 1);
  if (whole.dataTools > 0)
    signs.set(signFor(kind, 'data tools'), own.way === 'in' ? Math.log2(1 + whole.dataTools) : 1);
  for (const [other, clues] of whole.clues) {
    if (other === target || index.targets[other]?.recipe !== own.recipe) continue;
    const cues = clues.filter((clue) => clue.kind === 'cue').length;
    if (cues > 0) signs.set(signFor(kind, 'cues of the other way'), Math.log2(1 + cues));
    break;
  }
}
