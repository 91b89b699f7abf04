import { formatWay } from './format-way.ts';
import { findOccurrences } from './occurrences.ts';
import type { Occurrence, Read } from './occurrences.ts';
import type { MatchIndex, Pattern } from './patterns.ts';
import { generic } from '../language/function-words.ts';
import { tokenize } from '../language/tokens.ts';

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
  readonly sure?: boolean;
}

export interface Found {
  readonly read: Read;
  readonly occurrences: readonly Occurrence[];
  readonly evidence: Evidence[];
}

/** Everything that one part of a request gives evidence for, recipes and what lies beyond them. */
export function findEvidence(index: MatchIndex, text: string, fallback: 'in' | 'out'): Found {
  const tokens = tokenize(text, index.lexicon.wordOf);
  const read = { tokens, ids: tokens.ids };
  const occurrences = findOccurrences(index, read);
  const evidence = [
    ...fromFormats(index, read, occurrences, fallback),
    ...fromPhrases(index, read, occurrences),
    ...fromPairs(index, read, occurrences),
  ];
  return { read, occurrences, evidence: withoutVetoed(index, read, occurrences, evidence) };
}

function fromFormats(
  index: MatchIndex,
  read: Read,
  occurrences: readonly Occurrence[],
  fallback: 'in' | 'out',
): Evidence[] {
  const places = new Set<number>();
  const formats = occurrences.filter(({ pattern }) => pattern.format !== undefined);
  for (const { start, end } of formats) for (let at = start; at <= end; at += 1) places.add(at);
  const isFormat = (at: number): boolean => places.has(at);
  const found: Evidence[] = [];
  for (const { pattern, start, end } of formats) {
    const { format } = pattern;
    if (
      format === undefined ||
      notAFile.has(read.tokens.words[end + 1] ?? '') ||
      notAFile.has(read.tokens.words[start - 1] ?? '')
    )
      continue;
    // `CSV for Excel` and `SQLite database` name one thing twice.
    const before = found.find(
      (other) => start - other.end <= 1 && (other.target === format.in || other.target === format.out),
    );
    const way = changesIt(read, occurrences, format.out, start)
      ? ('out' as const)
      : formatWay(index, read, start, end, isFormat, fallback, format.base);
    // `database` and `table` are said of much that is no SQLite.
    const sure = (way === 'in' || way === 'out') && !format.base;
    const target = before?.target ?? format[way === 'in' || way === 'in?' ? 'in' : 'out'];
    found.push({ target, score: 0.9, kind: 'format', start, end, sure });
  }
  return found;
}

/** Whether a verb before changes what the format holds: `delete old rows from the database`. */
function changesIt({ tokens }: Read, occurrences: readonly Occurrence[], writer: number, start: number): boolean {
  return occurrences.some(
    (verb) =>
      verb.end < start &&
      verb.pattern.verbOf.includes(writer) &&
      modifying.has(tokens.words[verb.start] ?? '') &&
      (tokens.told[verb.start] !== true || tokens.wished[verb.start] === true) &&
      tokens.sentences[verb.start] === tokens.sentences[start],
  );
}

const modifying = new Set(
  'insert inserts inserting update updates updating delete deletes deleting remove removes removing upsert modify alter append change changes store stores storing keep log persist purge'.split(
    ' ',
  ),
);

/** `JSON API`, `XML schema`: there the format is how something talks, not a file. */
const notAFile = new Set(
  'rest http api apis body payload response responses schema schemas request requests endpoint endpoints interface'.split(
    ' ',
  ),
);

function fromPhrases(index: MatchIndex, read: Read, occurrences: readonly Occurrence[]): Evidence[] {
  return occurrences.flatMap(({ pattern, start, end }) =>
    pattern.phraseOf
      .filter((target) => index.targets[target]?.way === undefined)
      .filter(
        (target) =>
          start < end || !pattern.verbOf.includes(target) || pattern.objectOf.includes(target) || isAsked(read, start),
      )
      .map((target) => ({
        target,
        score: scoreOfPhrase(index, pattern, target),
        kind: 'phrase' as const,
        start,
        end,
        sure: holdsAlone(pattern, target, end - start + 1),
      })),
  );
}

/** Several words in a row, or one that names the tool's own thing. */
function holdsAlone(pattern: Pattern, target: number, length: number): boolean {
  return length > 1 ? length === pattern.ids.length && !pattern.weak : pattern.objectOf.includes(target);
}

function scoreOfPhrase(index: MatchIndex, pattern: Pattern, target: number): number {
  const claims = rivals(index, pattern.phraseOf, target);
  const length = Math.min(0.1, (pattern.ids.length - 1) * 0.04);
  const base = !pattern.weak ? 0.86 : pattern.ids.length > 2 ? 0.62 : 0.5;
  return base + length - (claims - 1) * 0.08;
}

/** A verb with one of its things: each counts the more, the fewer tools claim it. */
function fromPairs(index: MatchIndex, read: Read, occurrences: readonly Occurrence[]): Evidence[] {
  const { told, wished } = read.tokens;
  const verbs = occurrences.filter(
    ({ pattern, start }) =>
      pattern.verbOf.length > 0 && !isThing(read, start) && (told[start] !== true || wished[start] === true),
  );
  const hasFormat = occurrences.some(({ pattern }) => pattern.format !== undefined);
  const found: Evidence[] = [];
  for (const object of occurrences) {
    if (object.pattern.format !== undefined)
      found.push(...verbsOfFormat(index, governing(verbs, object, read), object));
    if (object.pattern.objectOf.length === 0) continue;
    const chain = governing(verbs, object, read);
    for (const verb of verbs) {
      if (!shareTarget(verb.pattern, object.pattern)) continue;
      if (verb.start === object.start || read.tokens.sentences[verb.start] !== read.tokens.sentences[object.start])
        continue;
      const distance = verb.end < object.start ? object.start - verb.end : verb.start - object.end;
      const far = chain.includes(verb) ? 0 : 0.2 + 0.01 * Math.max(0, distance - 3);
      const both = object.pattern.objectOf.filter(
        (target) => verb.pattern.verbOf.includes(target) && index.targets[target]?.way === undefined,
      );
      const start = Math.min(verb.start, object.start);
      const end = Math.max(verb.end, object.end);
      for (const target of both) {
        // `Stripe posts an event`: there the system acts, nobody calls it.
        if (index.clients.has(target) && verb.start > object.start) continue;
        found.push({
          target,
          score: scoreOfPair(index, verb.pattern, object.pattern, both, target, hasFormat) - far,
          kind: 'pair',
          start,
          end,
        });
      }
    }
  }
  return found;
}

function shareTarget({ verbBits }: Pattern, { objectBits }: Pattern): boolean {
  return (
    ((verbBits[0] ?? 0) & (objectBits[0] ?? 0)) !== 0 ||
    ((verbBits[1] ?? 0) & (objectBits[1] ?? 0)) !== 0 ||
    ((verbBits[2] ?? 0) & (objectBits[2] ?? 0)) !== 0
  );
}

/** The fewer tools claim both words, the surer; words that every trade uses for everything count less. */
function scoreOfPair(
  index: MatchIndex,
  verb: Pattern,
  object: Pattern,
  both: readonly number[],
  target: number,
  hasFormat: boolean,
): number {
  if (verb.weak && object.weak) return 0.4;
  const count = rivals(index, both, target);
  const base = count <= 1 ? 0.94 : count === 2 ? 0.82 : 0.6;
  const other = both.find((claim) => claim !== target && index.targets[claim]?.onData === true);
  // Dates, texts and sums of a data set are the business of the tools for data sets.
  if (
    hasFormat &&
    other !== undefined &&
    index.targets[target]?.onData === false &&
    index.targets[target]?.beyond === undefined
  )
    return 0.5;
  const common = [verb.verbOf, object.objectOf].filter((claims) => rivals(index, claims, target) >= 4).length;
  return base - (verb.weak || object.weak ? 0.22 : 0) - common * 0.05;
}

/** A verb that asks for one tool by itself does so with a file of any format: `join a.csv with b.csv`, `clean the CSV`. */
function verbsOfFormat(index: MatchIndex, verbs: readonly Occurrence[], object: Occurrence): Evidence[] {
  return verbs.flatMap(({ pattern, start }) => {
    const claims = pattern.verbOf.filter(
      (claim) => index.targets[claim]?.beyond === undefined && index.targets[claim]?.way === undefined,
    );
    const [target] = claims;
    if (
      target === undefined ||
      claims.length > 1 ||
      pattern.weak ||
      !pattern.phraseOf.includes(target) ||
      index.targets[target]?.tool?.annotations.openWorldHint === true
    )
      return [];
    return [
      {
        target,
        score: 0.76,
        kind: 'pair' as const,
        start: Math.min(start, object.start),
        end: Math.max(start, object.end),
      },
    ];
  });
}

const joiners = new Set(
  'to and then or also now just please by not for automatically first finally only wird get'.split(' '),
);

/** A verb alone asks for a tool only where it is used as one: at the start of a clause, after `and` or `to`, wished, or as a participle. */
function isAsked(read: Read, at: number): boolean {
  const { tokens } = read;
  const word = tokens.words[at] ?? '';
  if (isThing(read, at)) return false;
  if (tokens.told[at] === true && tokens.wished[at] !== true) return false;
  const before = tokens.words[at - 1] ?? '';
  return (
    at === 0 ||
    tokens.clauses[at - 1] !== tokens.clauses[at] ||
    joiners.has(before) ||
    tokens.wished[at] === true ||
    /(?:ed|tion)$/.test(word) ||
    generic.has(before)
  );
}

/** After an article a word that could be a verb is a thing (`the check`), unless it is a participle (`the cleaned data`). */
function isThing({ tokens }: Read, at: number): boolean {
  const word = tokens.words[at] ?? '';
  return (
    (tokens.determined[at] === true && !/ed$|ing$/.test(word)) ||
    /(?:ings|ments?)$/.test(word) ||
    (/[a-z]{4,}(?:er|or)s$/.test(word) &&
      !/^(?:filt|ord|rend|regist|monit|answ|deliv|trigg|transf|ent|numb|gath|alt)/.test(word))
  );
}

/**
 * The verbs an object belongs to: the nearest before it with those joined to that
 * (`read and check`), unless only one after it stands in the same clause.
 */
function governing(verbs: readonly Occurrence[], object: Occurrence, { tokens }: Read): Occurrence[] {
  const same = verbs.filter((verb) => tokens.sentences[verb.start] === tokens.sentences[object.start]);
  const before = same.filter((verb) => verb.end < object.start);
  const nearest = before.at(-1);
  const after = same.find((verb) => verb.start > object.end);
  const own = (verb: Occurrence | undefined): boolean =>
    verb !== undefined && tokens.clauses[verb.start] === tokens.clauses[object.start];
  if (nearest === undefined || (!own(nearest) && own(after)))
    return after === undefined ? [] : same.filter((verb) => verb.start === after.start);
  let reach = nearest.start;
  const chain: Occurrence[] = [];
  for (const verb of before.toReversed()) {
    if (verb.start < reach - 2) break;
    reach = verb.start;
    chain.push(verb);
  }
  return chain;
}

/** How many tools claim a word. What lies beyond the recipes, and readers and writers of formats, do not make it less a tool's own. */
function rivals(index: MatchIndex, claims: readonly number[], target: number): number {
  if (index.targets[target]?.beyond !== undefined) return 1;
  return claims.filter((claim) => index.targets[claim]?.beyond === undefined && index.targets[claim]?.way === undefined)
    .length;
}

/** Words of a veto speak against what stands near them; farther off they belong to something else. */
const vetoReach = 3;

function withoutVetoed(
  index: MatchIndex,
  { tokens }: Read,
  occurrences: readonly Occurrence[],
  evidence: readonly Evidence[],
): Evidence[] {
  const vetoes = occurrences.filter(({ pattern }) => pattern.notOf.length > 0);
  if (vetoes.length === 0) return [...evidence];
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
