import type { Tokens } from '../language/tokens.ts';
import type { Matched } from '../match/accept.ts';
import type { Evidence } from '../match/evidence.ts';
import type { Occurrence } from '../match/occurrences.ts';
import type { MatchIndex } from '../match/patterns.ts';
import { findSystem } from '../match/subject.ts';
import { cues } from './cues.ts';
import { signsAround } from './format-roles.ts';
import { mode, modesOf } from './modes.ts';

/** One part of a request with what the rules found in it. */
export interface Clued extends Matched {
  /** Index of the requirement; -1 for the intent and expected outputs. */
  readonly requirement: number;
  readonly output: boolean;
}

/** A tool that a request perhaps wants, with the signs for and against it. */
export interface Candidate {
  readonly target: number;
  /** One set of signs for each mention of a format, one alone for other tools: the best counts. */
  readonly views: readonly Readonly<Record<string, number>>[];
  /** The parts that speak for it, with the words that do most. */
  readonly places: readonly { readonly part: number; readonly words: string }[];
}

interface Clue {
  readonly part: number;
  readonly start: number;
  readonly end: number;
  readonly score: number;
  readonly kind: 'format' | 'phrase' | 'pair' | 'object' | 'verb' | 'other way' | 'rule' | 'cue';
  /** Which of the tool's cues. */
  readonly nth?: number;
}

type Signs = Record<string, number>;

/** Gathers the signs of every tool that anything in the request speaks for. */
export function gatherCandidates(index: MatchIndex, parts: readonly Clued[]): Candidate[] {
  const modes = parts.map(({ found }) => modesOf(found.read.tokens));
  const clues = new Map<number, Clue[]>();
  const add = (target: number, clue: Clue): void => {
    if (index.targets[target]?.tool !== undefined) clues.set(target, [...(clues.get(target) ?? []), clue]);
  };
  const mentions = new Map<number, { clue: Clue; signs: Signs }[]>();
  const named = parts.map(({ found }) => mentionsOf(found.occurrences));
  const count = named.flat().length;
  let nth = 0;
  parts.forEach((one, part) => {
    for (const { target, start, end, score, kind } of one.found.evidence)
      add(target, { part, start, end, score, kind });
    for (const { pattern, start, end } of one.found.occurrences) {
      for (const target of pattern.weak ? [] : pattern.objectOf)
        add(target, { part, start, end, score: 0.3, kind: 'object' });
      for (const target of pattern.weak || pattern.verbOf.length > 3 ? [] : pattern.verbOf)
        add(target, { part, start, end, score: 0.25, kind: 'verb' });
    }
    for (const { pattern, start, end } of named[part] ?? []) {
      nth += 1;
      if (pattern.format === undefined) continue;
      const around = [
        ...signsAround(one.found.read.tokens, start, end),
        ...(nth === 1 ? ['first named'] : []),
        ...(nth === count ? ['last named'] : []),
        ...(count === 1 ? ['only one named'] : []),
        ...Object.entries(mode)
          .filter(([, bit]) => ((modes[part]?.[start] ?? 0) & bit) !== 0)
          .map(([name]) => name),
      ];
      for (const target of [pattern.format.in, pattern.format.out]) {
        const clue: Clue = { part, start, end, score: 0.4, kind: 'other way' };
        add(target, clue);
        const signs: Signs = Object.fromEntries(around.map((sign) => [sign, 1]));
        if (one.output) signs['expected output'] = 1;
        if (one.found.evidence.some((other) => other.target === target && other.start <= end && other.end >= start))
          signs['rule says so here'] = 1;
        mentions.set(target, [...(mentions.get(target) ?? []), { clue, signs }]);
      }
    }
    for (const [target, clue] of cuesIn(index, one, part)) add(target, clue);
    for (const taken of one.tools) {
      const had = clues.get(taken.target)?.some((clue) => clue.part === part);
      if (had !== true) {
        const system = findSystem(index, one.found.read) ?? 0;
        add(taken.target, { part, start: system, end: system, score: taken.score, kind: 'rule' });
      }
    }
  });
  const whole = signsOfWhole(index, parts, clues);
  return [...clues].map(([target, found]) => {
    const shared = whole(target, signsOf(index, parts, modes, target, found));
    const views = mentions.get(target)?.map(({ clue, signs }) => ({
      ...shared,
      ...signsOfBest(index, parts, target, clue, clues),
      ...byWay(index, target, { ...signs, mentions: mentions.get(target)?.length ?? 1 }),
    }));
    return {
      target,
      views: views ?? [{ ...shared, ...signsOfBest(index, parts, target, found.reduce(strongest), clues) }],
      places: placesOf(parts, found),
    };
  });
}

/** Turns of speech that point to a tool, wherever they stand and no negation covers them. */
function* cuesIn(index: MatchIndex, { found }: Clued, part: number): Generator<[number, Clue]> {
  const { text, places, negated } = found.read.tokens;
  for (const [target, { tool }] of index.targets.entries()) {
    for (const [nth, pattern] of (cues.get(tool?.name ?? '') ?? []).entries()) {
      pattern.lastIndex = 0;
      const match = pattern.exec(text);
      if (match === null) continue;
      const start = places.findIndex((place) => place >= match.index);
      if (start < 0 || (negated[start] === true && !denies.test(match[0]))) continue;
      const last = match.index + match[0].length;
      let end = start;
      while ((places[end + 1] ?? Infinity) < last) end += 1;
      yield [target, { part, start, end, score: 0.45, kind: 'cue', nth }];
    }
  }
}

const denies = /n['’]?t\b|\b(?:not|no|never|nothing|without)\b/;

const strongest = (one: Clue, other: Clue): Clue => (other.score > one.score ? other : one);

/** The part with the best clue, and those whose own clues are nearly as good. */
function placesOf(parts: readonly Clued[], clues: readonly Clue[]): Candidate['places'] {
  const best = clues.reduce(strongest);
  return parts.flatMap(({ found }, part) => {
    const own = clues.filter((clue) => clue.part === part);
    if (own.length === 0) return [];
    const { start, end, score } = own.reduce(strongest);
    if (part !== best.part && score < 0.5) return [];
    return [{ part, words: found.read.tokens.words.slice(start, end + 1).join(' ') }];
  });
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

/** A sign around a format speaks for reading or for writing: each way has its own weights. */
function byWay(index: MatchIndex, target: number, mention: Signs): Signs {
  const way = index.targets[target]?.way ?? 'in';
  return Object.fromEntries(Object.entries(mention).map(([sign, value]) => [`${way}: ${sign}`, Math.min(value, 3)]));
}

const strong = 0.74;

function signsOf(
  index: MatchIndex,
  parts: readonly Clued[],
  modes: readonly Uint8Array[],
  target: number,
  clues: readonly Clue[],
): Signs {
  const { way, tool } = index.targets[target] ?? {};
  const kind = way === undefined ? 'tool' : way;
  const signs: Signs = { [`is ${tool?.name ?? ''}`]: 1, [`family ${familyOf(index, target)}`]: 1 };
  const best = clues.reduce(strongest);
  const mark = (name: string, value = 1): void => {
    signs[name] = Math.max(signs[name] ?? 0, value);
  };
  const places = new Set<string>();
  const kinds = new Set<string>();
  for (const clue of clues) {
    const { part, start, end, score } = clue;
    const tokens = parts[part]?.found.read.tokens;
    if (tokens === undefined) continue;
    if (clue.kind !== 'verb') for (let at = start; at <= end; at += 1) places.add(`${part} ${tokens.words[at]}`);
    const length = end - start + 1;
    if (clue.kind === 'phrase') {
      mark('phrase', 1);
      mark('phrase score', Math.max(0, score - 0.4));
      if (length > 1) mark('phrase of several words');
      if (length > 2) mark('phrase of three words');
    }
    if (clue.kind === 'pair') {
      mark('pair', 1);
      mark('pair score', Math.max(0, score - 0.3));
      if (length <= 2) mark('pair side by side');
      if (length <= 4 && score >= strong) mark('pair close');
      if (tokens.clauses[start] === tokens.clauses[end] && score >= strong) {
        mark('pair in one clause');
        if (beginsClause(tokens, start)) mark('pair begins its clause');
      }
    }
    if (clue.kind === 'format') mark(`${kind}: rule says so`);
    if (clue.kind === 'object') mark('its thing');
    if (clue.kind === 'verb') mark('its verb');
    if (clue.kind === 'cue') {
      mark('cue');
      mark(`cue ${clue.nth ?? 0} of ${tool?.name ?? ''}`);
      kinds.add(`${part} ${clue.nth}`);
    }
  }
  if (kinds.size > 0) mark('cues', Math.log2(1 + kinds.size));
  mark('words', Math.log2(1 + places.size));
  const good = clues.filter(({ score }) => score >= 0.5);
  mark('clues', Math.log2(1 + good.length));
  if (new Set(good.map(({ part }) => part)).size > 1) mark('in several parts');
  mark('score', best.score);
  for (const [name, bit] of Object.entries(mode)) {
    const bits = (clue: Clue): number => modes[clue.part]?.[clue.start] ?? 0;
    if ((bits(best) & bit) !== 0) mark(`${name}`);
    if (way === undefined && good.length > 0 && good.every((clue) => (bits(clue) & bit) !== 0)) mark(`only ${name}`);
  }
  return signs;
}

const beginsClause = ({ clauses, words }: Tokens, at: number): boolean =>
  at === 0 || clauses[at - 1] !== clauses[at] || /^(?:and|then|to|or)$/.test(words[at - 1] ?? '');

function familyOf(index: MatchIndex, target: number): string {
  const { way, onData, tool, taskType } = index.targets[target] ?? {};
  if (way !== undefined) return way;
  if (tool?.annotations.openWorldHint === true) return 'remote';
  if (onData === true) return 'data';
  return taskType ?? 'custom';
}

/** How the words of the best clue stand, and who else claims them. */
function signsOfBest(
  index: MatchIndex,
  parts: readonly Clued[],
  target: number,
  best: Clue,
  all: ReadonlyMap<number, readonly Clue[]>,
): Signs {
  const part = parts[best.part];
  if (part === undefined) return {};
  const { tokens } = part.found.read;
  const { start, end } = best;
  const signs: Signs = {
    ...(tokens.told[start] === true ? { 'told verb': 1 } : {}),
    ...(tokens.wished[start] === true ? { wished: 1 } : {}),
    ...(tokens.determined[start] === true ? { determined: 1 } : {}),
    ...(tokens.of[start] === true ? { of: 1 } : {}),
    ...(beginsClause(tokens, start) ? { 'begins a clause': 1 } : {}),
    ...(start === 0 || tokens.sentences[start - 1] !== tokens.sentences[start] ? { 'begins a sentence': 1 } : {}),
    ...(/(?:ed|en)$/.test(tokens.words[start] ?? '') ? { participle: 1 } : {}),
    ...(part.output ? { 'in an expected output': 1 } : {}),
    ...(part.requirement >= 0 ? { 'in a requirement': 1 } : {}),
    late: start / Math.max(1, tokens.words.length),
  };
  const over = part.found.evidence.filter(
    (other) => other.target !== target && other.start <= end && start <= other.end,
  );
  const beyond = over.filter((other) => index.targets[other.target]?.beyond !== undefined);
  const most = (list: readonly Evidence[]): number => list.reduce((top, { score }) => Math.max(top, score), 0);
  const rivals = over.filter((other) => index.targets[other.target]?.tool !== undefined);
  if (beyond.length > 0) signs['beyond on its words'] = most(beyond) - 0.3;
  if (rivals.length > 0) {
    signs['rival on its words'] = most(rivals) - 0.3;
    if (most(rivals) > best.score + 0.05) signs['stronger rival'] = 1;
    if (rivals.some((other) => other.end - other.start > end - start && other.score >= best.score))
      signs['longer rival'] = 1;
    signs['rivals'] = Math.log2(1 + new Set(rivals.map((other) => other.target)).size);
  }
  const sentence = tokens.sentences[start];
  const nearby = part.found.evidence.filter((other) => tokens.sentences[other.start] === sentence);
  if (nearby.some((other) => index.targets[other.target]?.beyond !== undefined && other.score >= strong))
    signs['beyond in its sentence'] = 1;
  const vetoed = part.found.occurrences.some(
    ({ pattern, start: at }) => pattern.notOf.includes(target) && tokens.sentences[at] === sentence,
  );
  if (vetoed) signs['veto in its sentence'] = 1;
  const claims = all.get(target)?.length ?? 0;
  return claims > 6 ? { ...signs, 'many clues': 1 } : signs;
}

/** Signs that the whole request gives to each candidate. */
function signsOfWhole(
  index: MatchIndex,
  parts: readonly Clued[],
  all: ReadonlyMap<number, readonly Clue[]>,
): (target: number, signs: Signs) => Signs {
  const best = (target: number): number => all.get(target)?.reduce((most, { score }) => Math.max(most, score), 0) ?? 0;
  const strongTargets = [...all.keys()].filter((target) => best(target) >= strong);
  const formats = strongTargets.filter((target) => index.targets[target]?.way !== undefined);
  const dataTools = strongTargets.filter(
    (target) => index.targets[target]?.onData === true && index.targets[target].way === undefined,
  );
  const accepted = new Set(parts.flatMap(({ tools }) => tools.map(({ target }) => target)));
  const likely = new Set(parts.flatMap((part) => part.likely.map(({ target }) => target)));
  const beyond = new Set(parts.flatMap((part) => part.beyond.map(({ target }) => target)));
  const ml = [...beyond].some((target) => index.targets[target]?.taskType === 'ml_pipeline');
  const systems = parts.some(({ found }) => findSystem(index, found.read) !== undefined);
  const length = parts.reduce((sum, { found }) => sum + found.read.tokens.words.length, 0);
  const context = parts.some(({ output, requirement }) => output || requirement > 0);
  return (target, signs) => {
    const { way, onData } = index.targets[target] ?? {};
    const kind = way ?? 'tool';
    const others = formats.filter((other) => other !== target && index.targets[other]?.way === way).length;
    const otherWay = [...all.keys()].find(
      (other) =>
        other !== target && way !== undefined && index.targets[other]?.recipe === index.targets[target]?.recipe,
    );
    const cuesOtherWay = all.get(otherWay ?? -1)?.filter((clue) => clue.kind === 'cue').length ?? 0;
    const partner = formats.some(
      (other) => other !== target && index.targets[other]?.recipe === index.targets[target]?.recipe,
    );
    return {
      ...signs,
      constant: 1,
      ...(accepted.has(target) ? { 'rules accept': 1 } : {}),
      ...(likely.has(target) ? { 'rules think likely': 1 } : {}),
      length: Math.log2(1 + length) / 5,
      ...(way === undefined ? { strong: Math.log2(1 + strongTargets.length) } : {}),
      ...(others > 0 ? { [`${kind}: another of that way`]: 1 } : {}),
      ...(cuesOtherWay > 0 ? { [`${kind}: cues of the other way`]: Math.log2(1 + cuesOtherWay) } : {}),
      ...(partner ? { [`${kind}: the other way too`]: 1 } : {}),
      ...(way === 'in' && dataTools.length > 0 ? { 'in: data tools': Math.log2(1 + dataTools.length) } : {}),
      ...(way === 'out' && dataTools.length > 0 ? { 'out: data tools': 1 } : {}),
      ...(way === undefined && onData === true && formats.length > 0 ? { 'data tool with a format': 1 } : {}),
      ...(beyond.size > 0 ? { [`${kind}: beyond`]: 1 } : {}),
      ...(ml ? { [`${kind}: model`]: 1 } : {}),
      ...(systems ? { [`${familyOf(index, target)}: system named`]: 1 } : {}),
      ...(context ? { [`${kind}: context`]: 1 } : {}),
    };
  };
}
