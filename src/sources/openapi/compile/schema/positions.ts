import type { Part } from './pattern-parts.ts';

/** The places of a pattern where a character is read, what each reads (a set of sample characters), and what may follow. */
export interface Positions {
  /** Bit sets over the samples. */
  readonly reads: bigint[];
  /** In how many ways a position follows another. */
  readonly follow: Map<number, number>[];
  /** Those that read a first character. */
  readonly first: readonly number[];
  /** In how many ways all of it reads nothing; the most of all its parts. */
  readonly empties: number;
  /** Patterns within look arounds. */
  readonly looks: Part[];
}

interface Ends {
  readonly first: number[];
  readonly last: number[];
  /** In how many ways it reads nothing. */
  readonly empties: number;
}

const nothing: Ends = { first: [], last: [], empties: 1 };

/** Repetitions above this are taken as endless: what is copied so often behaves the same. */
const mostCopies = 20;
const mostPositions = 400;
/** Parts that are looked at, copies counted (some read nothing and have no position), and links between positions. */
const mostSteps = 20_000;

/** Glushkov's construction, which has a place for each character of the pattern and no empty steps. */
export function positionsOf(root: Part, pattern: string): Positions | undefined {
  const samples = samplesOf(pattern);
  const known = new Map<string, bigint>();
  const reads: bigint[] = [];
  const follow: Map<number, number>[] = [];
  const looks: Part[] = [];
  let steps = 0;
  let mostEmpties = 1;
  const link = (from: readonly number[], to: readonly number[]): void => {
    steps += from.length * to.length;
    if (steps > mostSteps) return;
    for (const a of from) for (const b of to) follow[a]?.set(b, (follow[a].get(b) ?? 0) + 1);
  };
  const join = (all: readonly Ends[]): Ends =>
    all.reduce<Ends>((before, next) => {
      link(before.last, next.first);
      const empties = before.empties * next.empties;
      mostEmpties = Math.max(mostEmpties, empties);
      return {
        first: before.empties > 0 ? [...before.first, ...next.first] : before.first,
        last: next.empties > 0 ? [...before.last, ...next.last] : next.last,
        empties,
      };
    }, nothing);
  const visit = (part: Part): Ends => {
    if ((steps += 1) > mostSteps || reads.length > mostPositions) return nothing;
    switch (part.kind) {
      case 'character': {
        const set = known.get(part.source) ?? matched(part.source, samples);
        known.set(part.source, set);
        reads.push(set);
        follow.push(new Map());
        return { first: [reads.length - 1], last: [reads.length - 1], empties: 0 };
      }
      case 'look':
        looks.push(part.part);
        return nothing;
      case 'sequence':
        return join(part.parts.map(visit));
      case 'choice': {
        const all = part.parts.map(visit);
        return {
          first: all.flatMap(({ first }) => first),
          last: all.flatMap(({ last }) => last),
          empties: all.reduce((sum, { empties }) => sum + empties, 0),
        };
      }
      case 'repeat': {
        const endless = part.most > mostCopies && (part.most !== part.least || part.part.kind !== 'character');
        const copies = endless ? Math.max(1, Math.min(part.least, mostCopies)) : Math.min(part.most, mostCopies);
        const ends = Array.from({ length: copies }, (_copy, at): Ends => {
          const one = visit(part.part);
          if (endless && at === copies - 1) link(one.last, one.first);
          return one;
        });
        // Each copy stands only where the one before it does. What need not be there is absent in one way: a round of nothing is none.
        return ends.reduceRight((rest, one, at) => {
          const both = join([one, rest]);
          return at >= part.least ? { ...both, empties: 1 } : both;
        }, nothing);
      }
    }
  };
  const { first } = visit(root);
  if (steps > mostSteps || reads.length > mostPositions) return undefined;
  return { reads, follow, first, empties: mostEmpties, looks };
}

/** Characters by which the sets of a pattern can be told apart: those it names, their neighbours, and one of each usual kind. */
function samplesOf(pattern: string): string[] {
  const named = [...pattern].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    return [code - 1, code, code + 1]
      .filter((one) => one >= 0 && one <= 0x10ffff && !(one >= 0xd800 && one <= 0xdfff))
      .map((one) => String.fromCodePoint(one));
  });
  return [...new Set([...named, ...'amzAMZ059_-. \n\t@/:,"\'éЖ中ー😀'])].slice(0, 400);
}

function matched(source: string, samples: readonly string[]): bigint {
  // A reference back reads what was read before: any.
  const isBack = /^\\(?:[1-9]|k<)/.test(source);
  const test = isBack ? undefined : new RegExp(`^(?:${source})$`, 'u');
  return samples.reduce(
    (set, sample, at) => (test === undefined || test.test(sample) ? set | (1n << BigInt(at)) : set),
    0n,
  );
}
