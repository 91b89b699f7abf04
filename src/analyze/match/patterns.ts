import type { Recipe, RecipeTool, TaskType, Vocabulary } from '../../spec/index.ts';
import { createLexicon } from '../language/lexicon.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { dropped, generic, negators, prepositions } from '../language/function-words.ts';
import { tokenize } from '../language/tokens.ts';
import { beyond } from './beyond.ts';
import { bitsOf } from './bits.ts';
import type { Bits } from './bits.ts';
import { makes } from './format-way.ts';
import { bitOf } from './occurrences.ts';
import { signalWords } from './signals.ts';
import type { Signal } from './signals.ts';
import { systems } from './systems.ts';
import { noClaims, claimsOf } from './claims.ts';
import type { Claims } from './claims.ts';

/** Something a request can ask for: a recipe's tool, or a thing known to lie beyond all recipes. */
export interface Target {
  readonly recipe: Recipe | undefined;
  readonly tool: RecipeTool | undefined;
  /** What lies beyond, in plain words. */
  readonly beyond: string | undefined;
  readonly taskType: TaskType;
  /** For tools that read or write one format: which way the data goes. */
  readonly way: 'in' | 'out' | undefined;
  /** Works on data that another tool has read. */
  readonly onData: boolean;
}

/** What a row of words means to the targets that claim it. */
export interface Pattern {
  readonly ids: readonly number[];
  readonly phraseOf: number[];
  readonly verbOf: number[];
  readonly objectOf: number[];
  readonly notOf: number[];
  /** Words that name nothing by themselves: `get`, `data`. */
  weak: boolean;
  /** The format it names: reader and writer of the same recipe. */
  format: { readonly in: number; readonly out: number; readonly base: boolean } | undefined;
  claims: Claims;
}

/** The patterns that begin with the same word. */
export interface Group {
  /** Those of several words, longest first. */
  readonly longer: readonly Pattern[];
  /** Number of the second word of each, and bits of all of them: where none of these words follows, none stands. */
  readonly seconds: Int32Array;
  readonly anySecond: number;
  readonly alone: Pattern | undefined;
}

export interface MatchIndex {
  readonly lexicon: Lexicon;
  readonly targets: readonly Target[];
  /** Patterns by the number of their first word. */
  readonly byFirst: readonly (Group | undefined)[];
  /** Recipes' tools that neither read nor write one format; of these the ones that work on data. */
  readonly own: Bits;
  readonly onData: Bits;
  /** Numbers of words for systems with an API: `shopify`, `crm`. */
  readonly systems: readonly (string | undefined)[];
  /** Numbers of words that make something, in the form of a wish; typing errors included. */
  readonly makes: ReadonlySet<number>;
  /** What words tell of the task type, by their numbers. */
  readonly signals: readonly (Signal | undefined)[];
  /** Targets whose name takes the system's: the client of an API. */
  readonly clients: ReadonlySet<number>;
}

/** Verbs and things that every trade uses for everything. */
const weakWords = new Set(
  'invoice lead patient sensor reading price booking shipment product ticket contact expense salary stock inventory member student employee event issue task appointment tell say need see know line lines time convert turn remove drop delete calculate compute generate get make create add give show list use handle manage process run send post call update change set put take provide support find look request open bring pull access extract do build connect store track data record row field value file document item entry information number text list response list result content message report customer order product name format list schema table system change contact value type input output'.split(
    ' ',
  ),
);

/** Words by which a tool reads or writes a format. */
const outVerbs = ['export', 'insert'];
const inVerbs = ['read', 'load'];

/** Builds the index once; requests are matched against it in microseconds. */
export function buildIndex(recipes: readonly Recipe[]): MatchIndex {
  const lexicon = createLexicon();
  const targets: Target[] = recipes.flatMap((recipe) =>
    recipe.tools.map((tool) => ({
      recipe,
      tool,
      beyond: undefined,
      taskType: recipe.taskTypes[0] ?? 'custom',
      way: wayOf(recipe, tool),
      onData: needsData(tool),
    })),
  );
  const vocabularies = targets.map((target) => target.tool?.vocabulary ?? { phrases: [], verbs: [], objects: [] });
  for (const entry of beyond) {
    targets.push({
      recipe: undefined,
      tool: undefined,
      beyond: entry.what,
      taskType: entry.taskType,
      way: undefined,
      onData: false,
    });
    vocabularies.push(entry);
  }
  const patterns = new Map<string, Pattern>();
  vocabularies.forEach((vocabulary, target) => addVocabulary(patterns, lexicon, vocabulary, target));
  const systemNames: (string | undefined)[] = [];
  for (const name of systems) for (const id of lexicon.learn(name).slice(0, 1)) systemNames[id] = name;
  const signals: (Signal | undefined)[] = [];
  for (const { words, signal } of signalWords)
    for (const word of words) for (const id of lexicon.learn(word).slice(0, 1)) signals[id] = signal;
  markFormats(patterns, targets);
  for (const word of makes) lexicon.learn(word);
  for (const pattern of patterns.values()) pattern.claims = claimsOf(targets, pattern);
  lexicon.close();
  const makeIds = new Set([...makes].map((word) => lexicon.wordAt(word, 0, word.length).id));
  const clients = new Set(placesWhere(targets, ({ tool }) => tool?.name.startsWith('{subject}') === true));
  return {
    lexicon,
    targets,
    byFirst: groupByFirst(patterns, lexicon.size),
    own: bitsOf(placesWhere(targets, ({ beyond: what, way }) => what === undefined && way === undefined)),
    onData: bitsOf(placesWhere(targets, ({ onData, way }) => onData && way === undefined)),
    systems: Array.from({ length: lexicon.size }, (_, id) => systemNames[id]),
    makes: makeIds,
    signals: Array.from({ length: lexicon.size }, (_, id) => signals[id]),
    clients,
  };
}

function needsData(tool: RecipeTool): boolean {
  const { required } = tool.input;
  return Array.isArray(required) && (required.includes('dataset') || required.includes('left'));
}

const placesWhere = (targets: readonly Target[], holds: (target: Target) => boolean): number[] =>
  targets.flatMap((target, place) => (holds(target) ? [place] : []));

/** Two tools of one recipe with the same things, of which one exports: a reader and a writer of a format. */
function wayOf(recipe: Recipe, tool: RecipeTool): 'in' | 'out' | undefined {
  const partner = recipe.tools.find(
    (other) => other !== tool && other.vocabulary.objects.some((object) => tool.vocabulary.objects.includes(object)),
  );
  if (partner === undefined) return undefined;
  const has = (candidate: RecipeTool, verbs: readonly string[]): boolean =>
    verbs.some((verb) => candidate.vocabulary.verbs.includes(verb));
  if (has(tool, outVerbs) && has(partner, inVerbs)) return 'out';
  return has(tool, inVerbs) && has(partner, outVerbs) ? 'in' : undefined;
}

/** The words that a reader and a writer share name their format; the way the data goes is read from the words around. */
function markFormats(patterns: ReadonlyMap<string, Pattern>, targets: readonly Target[]): void {
  targets.forEach((target, reader) => {
    if (target.way !== 'in') return;
    const writer = targets.findIndex((other) => other.recipe === target.recipe && other.way === 'out');
    const base = targets[writer]?.tool?.vocabulary.verbs.includes('insert') === true;
    const all = [...patterns.values()];
    const shared = all.filter(
      (pattern) =>
        pattern.objectOf.includes(reader) &&
        pattern.objectOf.includes(writer) &&
        pattern.ids.length === 1 &&
        !pattern.weak,
    );
    const sharedIds = new Set(shared.flatMap((pattern) => pattern.ids));
    for (const pattern of all) {
      const claimed = pattern.objectOf.includes(reader) || pattern.phraseOf.includes(reader);
      if (shared.includes(pattern) || (claimed && !pattern.weak && !pattern.ids.some((id) => sharedIds.has(id))))
        pattern.format = { in: reader, out: writer, base };
    }
  });
}

function addVocabulary(patterns: Map<string, Pattern>, lexicon: Lexicon, vocabulary: Vocabulary, target: number): void {
  const add = (texts: readonly string[], role: 'phraseOf' | 'verbOf' | 'objectOf' | 'notOf'): void => {
    for (const text of texts) {
      const ids = lexicon.learn(text);
      // `group by` leaves one word that alone asks for nothing.
      if (ids.length === 0 || (role !== 'verbOf' && ids.length === 1 && text.includes(' ') && weakAlone(text)))
        continue;
      const key = ids.join(' ');
      const pattern = patterns.get(key) ?? {
        ids,
        phraseOf: [],
        verbOf: [],
        objectOf: [],
        notOf: [],
        weak: isWeak(text),
        format: undefined,
        claims: noClaims,
      };
      // A veto with the stem of one of the target's own words (`dating`) would veto the target itself.
      const own =
        role === 'notOf' &&
        (pattern.phraseOf.includes(target) || pattern.objectOf.includes(target) || pattern.verbOf.includes(target));
      if (!own && !pattern[role].includes(target)) pattern[role].push(target);
      pattern.weak ||= isWeak(text);
      patterns.set(key, pattern);
    }
  };
  add(vocabulary.phrases, 'phraseOf');
  add(vocabulary.verbs, 'verbOf');
  add(vocabulary.objects, 'objectOf');
  // What is negated in the vocabulary itself (`no sync`) is negated in the request too and needs no veto.
  add(
    (vocabulary.not ?? []).filter((text) => !text.split(' ').some((word) => negators.has(word))),
    'notOf',
  );
}

/** Whether a phrase lost all but one of its words to the tokenizer. */
function weakAlone(text: string): boolean {
  return text.split(' ').some((word) => dropped.has(word) || negators.has(word)) && tokenize(text).words.length === 1;
}

function isWeak(text: string): boolean {
  const { words } = tokenize(text);
  return words.every(
    (word) =>
      weakWords.has(word) || weakWords.has(word.replace(/s$/, '')) || generic.has(word) || prepositions.has(word),
  );
}

function groupByFirst(patterns: ReadonlyMap<string, Pattern>, size: number): (Group | undefined)[] {
  const lists: Pattern[][] = Array.from({ length: size }, () => []);
  for (const pattern of patterns.values()) lists[pattern.ids[0] ?? 0]?.push(pattern);
  return lists.map((list) => {
    if (list.length === 0) return undefined;
    const longer = list.filter(({ ids }) => ids.length > 1).sort((a, b) => b.ids.length - a.ids.length);
    const seconds = Int32Array.from(longer, ({ ids }) => ids[1] ?? -1);
    const anySecond = seconds.reduce((bits, id) => bits | bitOf(id), 0);
    return { longer, seconds, anySecond, alone: list.find(({ ids }) => ids.length === 1) };
  });
}
