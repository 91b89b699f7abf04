import { tokenize } from '../language/tokens.ts';
import { addFormats } from './formats.ts';
import { findOccurrences } from './occurrences.ts';
import type { Occurrence, Read } from './occurrences.ts';
import { addPairs } from './pairs.ts';
import type { MatchIndex } from './patterns.ts';
import { isAsked, verbsOf } from './verbs.ts';

/** Why a target is wanted: how surely, and by which words. */
export interface Evidence {
  readonly target: number;
  /** 0 to 1. */
  readonly score: number;
  readonly kind: 'format' | 'phrase' | 'pair';
  /** Places of the words. */
  readonly start: number;
  readonly end: number;
  /** Whether it is of a kind that holds alone: a format whose way the words around tell, a phrase word by word. */
  readonly sure: boolean;
}

export interface Found {
  readonly read: Read;
  readonly occurrences: readonly Occurrence[];
  readonly evidence: readonly Evidence[];
}

/** Everything that one part of a request gives evidence for, recipes and what lies beyond them. */
export function findEvidence(index: MatchIndex, text: string, fallback: 'in' | 'out'): Found {
  const tokens = tokenize(text, index.lexicon.wordAt);
  const read = { tokens, ids: tokens.ids };
  const occurrences = findOccurrences(index, read);
  const evidence: Evidence[] = [];
  addFormats(index, read, occurrences, fallback, evidence);
  addPhrases(read, occurrences, evidence);
  addPairs(index, read, occurrences, verbsOf(read, occurrences), evidence);
  return { read, occurrences, evidence: withoutVetoed(index, read, occurrences, evidence) };
}

function addPhrases(read: Read, occurrences: readonly Occurrence[], found: Evidence[]): void {
  for (const { pattern, start, end } of occurrences) {
    const unbroken = end - start + 1 === pattern.ids.length;
    for (const { target, score, sure, asVerb } of pattern.claims.phrases) {
      if (asVerb && !isAsked(read, start)) continue;
      found.push({ target, score, kind: 'phrase', start, end, sure: sure && unbroken });
    }
  }
}

/** Words of a veto speak against what stands near them; farther off they belong to something else. */
const vetoReach = 3;

function withoutVetoed(
  index: MatchIndex,
  { tokens }: Read,
  occurrences: readonly Occurrence[],
  evidence: readonly Evidence[],
): readonly Evidence[] {
  const vetoes = occurrences.filter(({ pattern }) => pattern.notOf.length > 0);
  if (vetoes.length === 0) return evidence;
  const isBeyond = (claims: readonly number[]): boolean =>
    claims.some((claim) => index.targets[claim]?.beyond !== undefined);
  return evidence.filter(({ target, start, end }) => {
    const format = index.targets[target]?.way !== undefined;
    return !vetoes.some(
      (veto) =>
        veto.pattern.notOf.includes(target) &&
        (!format || isBeyond(veto.pattern.phraseOf)) &&
        tokens.sentences[veto.start] === tokens.sentences[start] &&
        veto.start <= end + vetoReach &&
        veto.end >= start - vetoReach,
    );
  });
}
