import type { Read } from './occurrences.ts';
import type { MatchIndex } from './patterns.ts';

type Way = 'in' | 'out';
/** With a question mark: nothing in the words tells, it is the usual way. */
export type ToldWay = Way | 'in?' | 'out?';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Verbs that make something, in the form of a wish: `export`, `write`. */
export const makes = set(
  'insert store keep persist append archive log export exporting save saving write writing output outputting produce producing generate generating emit emitting dump deliver delivering return returning serialize publish put download hand provide supply give send create creating make prepare compile render print show exportieren exporte exportar escribir ecrire schreiben schreibt',
);
/** The same, told of somebody: `the till writes`. */
const makesThird = set(
  'inserts stores keeps exports saves writes outputs produces generates emits dumps delivers returns publishes puts sends creates makes provides gives logs',
);
/** The same as a state: `delivered as`, `must be saved as`. */
const made = set(
  'inserted stored kept exported saved written outputted produced generated delivered returned published created sent provided given emitted logged archived',
);
const takes = set(
  'read reads reading load loads loading import imports importing parse parses parsing ingest open opens opening take takes taking process processes processing receive receives received come comes arrive arrives clean cleans cleaning check checks checking validate validates use using accept accepts upload uploaded extract analyze inspect profile search query join merge combine compare einlesen lesen dedupe have has look group sum aggregate handle verify describe filter',
);
/** With these, `in our database` is where things go. */
const stores = set(
  'store stored save saved insert inserted write written put keep kept log logged record persist append archive register enter',
);
const results = set(
  'result results output outputs answer outcome ergebnis resultado resultat ausgabe sortie salida format report table overview summary',
);
const makers = set('server tool mcp something thing service sth smth app script');
/** `next to the list`, `access to`: here `to` leads nowhere. */
const notTowards = set(
  'next compared according access due similar close related belongs listen connect connected look looks looking peek dig respect bound up insight log logged',
);

/**
 * Whether a format stands where data comes from or where it goes: by the preposition or verb before it, else by what follows.
 * @param fallback way when nothing tells: `out` for expected outputs, else `in`.
 * @param base whether it is a database: an interface to one reads, only verbs of storing write.
 */
export function formatWay(
  index: MatchIndex,
  read: Read,
  start: number,
  end: number,
  isFormat: (at: number) => boolean,
  fallback: Way,
  base = false,
): ToldWay {
  const { words, sentences, determined, negated } = read.tokens;
  if (words[end + 1] === 'out') return 'out';
  if (words[end + 1] === 'in') return 'in';
  if (read.tokens.of[start] === true || (read.tokens.of[start - 1] === true && !isFormat(start - 1)))
    return wayAfter(read, end, 'in') ?? 'in?';
  let shaped = false;
  let as = false;
  let placed = false;
  let passed = false;
  for (let at = start - 1; at >= 0 && sentences[at] === sentences[start]; at -= 1) {
    const word = words[at] ?? '';
    if (negated[at] === true) continue;
    // Prepositions before another format belong to that one.
    passed ||= isFormat(at);
    if (start - at <= 4 && !passed) {
      if (word === 'from') return 'in';
      if (
        (word === 'to' || word === 'into') &&
        !notTowards.has(words[at - 1] ?? '') &&
        (!base || storesBefore(read, at))
      )
        return 'out';
      if (word === 'as' || word === 'in') shaped = true;
      if (word === 'as' && read.tokens.told[at] === true) return 'in';
      as ||= word === 'as';
      placed ||= word === 'in' && determined[start] === true && !(base && storesBefore(read, at));
      if (word === 'in' && base && determined[start] === true && storesBefore(read, at)) return 'out';
    }
    if (shaped && results.has(word)) return 'out';
    if (isNoun(word, at, determined, isFormat)) continue;
    if (placed && !stores.has(word) && takes.has(word) === false && (makes.has(word) || made.has(word))) return 'in';
    if (base && (makes.has(word) || makesThird.has(word) || made.has(word)) && !stores.has(word)) continue;
    const way = wayOfVerb(index, read, at, shaped);
    if (way !== undefined) return way === 'out' && goesElsewhere(read, end, isFormat) ? 'in' : way;
  }
  if (placed) return 'in';
  const wanted =
    read.tokens.wished[start] === true && determined[start] !== true && !words.some((word) => makers.has(word));
  const usual = as || wanted || fallback === 'out' ? 'out' : 'in';
  return wayAfter(read, end, usual) ?? (usual === 'out' ? 'out?' : 'in?');
}

function wayOfVerb(index: MatchIndex, { tokens, ids }: Read, at: number, shaped: boolean): Way | undefined {
  const word = tokens.words[at] ?? '';
  const wished = tokens.wished[at] === true;
  if (takes.has(word)) return 'in';
  if (makes.has(word) || (isMisspelt(word) && index.makes.has(ids[at] ?? -1))) return isWish(tokens, at) ? 'out' : 'in';
  if (makesThird.has(word))
    return wished || tokens.words.slice(0, at).some((before) => makers.has(before)) ? 'out' : 'in';
  if (made.has(word)) return wished ? 'out' : 'in';
  if (
    shaped &&
    tokens.told[at] === true &&
    /^(get|collect|have|fetch|receive|track|obtain|take|download|pull)$/.test(word)
  )
    return wished ? 'out' : 'in';
  return shaped && /^(convert|turn|transform|want|list|get|fetch|collect|pull|map|change|rewrite)$/.test(word)
    ? 'out'
    : undefined;
}

/** Other forms of the same verb have sets of their own; what is left over is a typing error. */
const isMisspelt = (word: string): boolean =>
  !makesThird.has(word) && !made.has(word) && !/(?:s|ed|ion|er|or)$/.test(word);

const joiners = set('to and then or by into also now just please result results output per');

/** A plain verb is a wish at the start of its clause, after `and` or `to`, or when wished before; after a noun somebody is told of. */
function isWish(tokens: Read['tokens'], at: number): boolean {
  if (tokens.wished[at] === true) return true;
  if (tokens.told[at] === true) return false;
  const before = tokens.words[at - 1] ?? '';
  const starts = at === 0 || tokens.clauses[at - 1] !== tokens.clauses[at];
  return (
    starts ||
    joiners.has(before) ||
    before.endsWith('ly') ||
    tokens.words[at]?.endsWith('ing') === true ||
    tokens.words.slice(0, at).some((word) => makers.has(word)) ||
    tokens.words[at - 1] === undefined ||
    isAction(before)
  );
}

const isAction = (word: string): boolean => takes.has(word) || makes.has(word);

function storesBefore({ tokens }: Read, preposition: number): boolean {
  for (let at = preposition - 1; at >= 0 && tokens.sentences[at] === tokens.sentences[preposition]; at -= 1) {
    const word = tokens.words[at] ?? '';
    if (
      stores.has(word) ||
      /^(add|load|import|push|move|copy|transfer|export|send|put|feed|post|dump|migrate|convert)(?:s|ed|ing)?$/.test(
        word,
      )
    )
      return true;
  }
  return false;
}

/** `the export`, `Excel export`, `CSV dump`, `the clean rows`: there the word is no verb. */
function isNoun(word: string, at: number, determined: readonly boolean[], isFormat: (at: number) => boolean): boolean {
  return (
    /^(exports?|dumps?|outputs?|downloads?|store|stores|logs?|show|prints?|returns?|puts?|make|archives?|clean)$/.test(
      word,
    ) &&
    (determined[at] === true || isFormat(at - 1))
  );
}

/** `export the CSV to JSON`: another format further on is where it goes. */
function goesElsewhere({ tokens }: Read, end: number, isFormat: (at: number) => boolean): boolean {
  for (
    let at = end + 1;
    at < tokens.words.length && tokens.sentences[at] === tokens.sentences[end] && at <= end + 12;
    at += 1
  ) {
    if (tokens.words[at] === 'to' || tokens.words[at] === 'into' || tokens.words[at] === 'as')
      return isFormat(at + 1) || isFormat(at + 2);
  }
  return false;
}

/** `the JSON must be written`, `CSV output`, `XML to …`. */
function wayAfter({ tokens }: Read, end: number, fallback: Way): Way | undefined {
  for (
    let at = end + 1;
    at <= end + 4 && at < tokens.words.length && tokens.clauses[at] === tokens.clauses[end];
    at += 1
  ) {
    const word = tokens.words[at] ?? '';
    if (made.has(word)) return tokens.wished[at] === true ? 'out' : 'in';
    if (at === end + 1 && /^(output|export|download|result|report)$/.test(word))
      return fallback === 'in' && tokens.determined[end] === true ? 'in' : 'out';
    if (word === 'to' || word === 'into') return 'in';
  }
  return undefined;
}
