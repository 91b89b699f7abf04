import { bitsOf, nothing } from './bits.ts';
import type { Bits } from './bits.ts';
import type { Pattern, Target } from './patterns.ts';

/** What a pattern says by itself, worked out when the index is built, so that a request only has to be looked at. */
export interface Claims {
  /** Targets that it asks for as a phrase. */
  readonly phrases: readonly Phrase[];
  /** Targets that it is a verb or a thing of; readers and writers of formats are found by their format. */
  readonly verbs: Bits;
  readonly things: Bits;
  readonly thingsOf: readonly number[];
  /** Whether four tools or more claim it as a verb, as a thing. */
  readonly commonVerb: boolean;
  readonly commonThing: boolean;
  /** The tool that it asks for with a file of any format; undefined when it is no such verb. */
  readonly onAnyFormat: number | undefined;
}

interface Phrase {
  readonly target: number;
  readonly score: number;
  /** Whether it holds alone when its words stand in a row. */
  readonly sure: boolean;
  /** Whether it asks for the tool only where it is used as a verb. */
  readonly asVerb: boolean;
}

/** Before all vocabularies are read. */
export const noClaims: Claims = {
  phrases: [],
  verbs: nothing,
  things: nothing,
  thingsOf: [],
  commonVerb: false,
  commonThing: false,
  onAnyFormat: undefined,
};

export function claimsOf(targets: readonly Target[], pattern: Pattern): Claims {
  const { phraseOf, verbOf, objectOf } = pattern;
  const noFormat = (target: number): boolean => targets[target]?.way === undefined;
  const verbs = verbOf.filter(noFormat);
  const things = objectOf.filter(noFormat);
  return {
    phrases: phraseOf.filter(noFormat).map((target) => ({
      target,
      score: scoreOfPhrase(targets, pattern, target),
      sure: pattern.ids.length > 1 ? !pattern.weak : objectOf.includes(target),
      asVerb: pattern.ids.length === 1 && verbOf.includes(target) && !objectOf.includes(target),
    })),
    verbs: bitsOf(verbs),
    things: bitsOf(things),
    thingsOf: things,
    commonVerb: verbs.filter(isRival(targets)).length >= 4,
    commonThing: things.filter(isRival(targets)).length >= 4,
    onAnyFormat: onAnyFormat(targets, pattern),
  };
}

/** What lies beyond the recipes, and readers and writers of formats, do not make a word less a tool's own. */
const isRival =
  (targets: readonly Target[]) =>
  (claim: number): boolean =>
    targets[claim]?.beyond === undefined && targets[claim]?.way === undefined;

/** The more words and the fewer tools that claim them, the surer. */
function scoreOfPhrase(targets: readonly Target[], pattern: Pattern, target: number): number {
  const rivals = targets[target]?.beyond === undefined ? pattern.phraseOf.filter(isRival(targets)).length : 1;
  const length = Math.min(0.1, (pattern.ids.length - 1) * 0.04);
  const base = !pattern.weak ? 0.86 : pattern.ids.length > 2 ? 0.62 : 0.5;
  return base + length - (rivals - 1) * 0.08;
}

/** A verb that asks for one tool by itself does so with a file of any format: `join a.csv with b.csv`, `clean the CSV`. */
function onAnyFormat(targets: readonly Target[], { verbOf, phraseOf, weak }: Pattern): number | undefined {
  const [target, ...others] = verbOf.filter(isRival(targets));
  if (target === undefined || others.length > 0 || weak || !phraseOf.includes(target)) return undefined;
  return targets[target]?.tool?.annotations.openWorldHint === true ? undefined : target;
}
