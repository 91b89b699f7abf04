import type { Matched } from '../match/accept.ts';
import type { Occurrence } from '../match/occurrences.ts';
import type { MatchIndex } from '../match/patterns.ts';
import { findSystem } from '../match/subject.ts';
import { addCues } from './cue-clues.ts';
import { signsAround } from './format-roles.ts';
import { modeNames, modesOf } from './modes.ts';
import { mark, signFor } from './signs.ts';
import type { Signs } from './signs.ts';

/** One part of a request with what the rules found in it. */
export interface Clued extends Matched {
  /** Index of the requirement; -1 for the intent and expected outputs. */
  readonly requirement: number;
  readonly output: boolean;
}

/** Words that speak for a tool. */
export interface Clue {
  readonly part: number;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly kind: 'format' | 'phrase' | 'pair' | 'object' | 'verb' | 'other way' | 'rule' | 'cue';
  /** Which of the tool's cues. */
  readonly nth?: number;
}

/** A format that is named, as seen by its reader or its writer. */
export interface Mention {
  readonly clue: Clue;
  /** What stands around it. */
  readonly signs: Signs;
}

/** All that a request gives for its tools. */
export interface Gathered {
  readonly parts: readonly Clued[];
  /** In which light each word of each part stands. */
  readonly modes: readonly Uint8Array[];
  /** By target. */
  readonly clues: ReadonlyMap<number, readonly Clue[]>;
  readonly mentions: ReadonlyMap<number, readonly Mention[]>;
}

/** Gathers what speaks for each tool: evidence, things, verbs, formats, turns of speech. */
export function gatherClues(index: MatchIndex, parts: readonly Clued[]): Gathered {
  const modes = parts.map(({ found }) => modesOf(found.read.tokens));
  const clues = new Map<number, Clue[]>();
  const mentions = new Map<number, Mention[]>();
  const add = (target: number, clue: Clue): void => {
    if (index.targets[target]?.tool !== undefined) push(clues, target, clue);
  };
  const named = parts.map(({ found }) => mentionsOf(found.occurrences));
  const count = named.reduce((sum, list) => sum + list.length, 0);
  let nth = 0;
  parts.forEach((one, part) => {
    addFound(one, part, add);
    for (const mention of named[part] ?? []) {
      nth += 1;
      const lights = modes[part]?.[mention.start] ?? 0;
      const order = { first: nth === 1, last: nth === count, only: count === 1 };
      addMention(index, one, part, mention, order, lights, add, mentions);
    }
    addCues(index, one, part, add);
    for (const { target, score } of one.tools) {
      if (clues.get(target)?.some((clue) => clue.part === part) === true) continue;
      const system = findSystem(index, one.found.read) ?? 0;
      add(target, { part, start: system, end: system, score, kind: 'rule' });
    }
  });
  return { parts, modes, clues, mentions };
}

export type Add = (target: number, clue: Clue) => void;

function push<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** What the rules found, and single things and verbs of a tool. */
function addFound({ found }: Clued, part: number, add: Add): void {
  for (const { target, start, end, score, kind } of found.evidence) add(target, { part, start, end, score, kind });
  for (const { pattern, start, end } of found.occurrences) {
    if (pattern.weak) continue;
    for (const target of pattern.objectOf) add(target, { part, start, end, score: 0.3, kind: 'object' });
    if (pattern.verbOf.length > 3) continue;
    for (const target of pattern.verbOf) add(target, { part, start, end, score: 0.25, kind: 'verb' });
  }
}

/** Formats as they are named; a longer name takes the shorter in it (`JSON object per line`). */
function mentionsOf(occurrences: readonly Occurrence[]): Occurrence[] {
  const formats = occurrences.filter(({ pattern }) => pattern.format !== undefined);
  return formats.filter(
    (one) =>
      !formats.some(
        (other) =>
          other !== one &&
          other.start <= one.start &&
          other.end >= one.end &&
          other.end - other.start > one.end - one.start,
      ),
  );
}

/** A format that is named may be read or written: both tools get the signs around it. */
function addMention(
  index: MatchIndex,
  { found, output }: Clued,
  part: number,
  { pattern, start, end }: Occurrence,
  order: { readonly first: boolean; readonly last: boolean; readonly only: boolean },
  lights: number,
  add: Add,
  mentions: Map<number, Mention[]>,
): void {
  if (pattern.format === undefined) return;
  const around = signsAround(found.read.tokens, start, end);
  if (order.first) around.push('first named');
  if (order.last) around.push('last named');
  if (order.only) around.push('only one named');
  for (const [name, bit] of modeNames) if ((lights & bit) !== 0) around.push(name);
  if (output) around.push('expected output');
  for (const target of [pattern.format.in, pattern.format.out]) {
    const clue: Clue = { part, start, end, score: 0.4, kind: 'other way' };
    add(target, clue);
    const way = index.targets[target]?.way ?? 'in';
    const signs: Signs = new Map();
    for (const sign of around) mark(signs, signFor(way, sign));
    if (found.evidence.some((other) => other.target === target && other.start <= end && other.end >= start))
      mark(signs, signFor(way, 'rule says so here'));
    push(mentions, target, { clue, signs });
  }
}
