import type { Read } from './occurrences.ts';

const out = new Set(
  'insert inserted store stores storing keep persist append archive log export exports exporting exported save saves saved saving write writes written writing output outputs produce produces produced generate generates generated emit emits dump deliver delivers delivered delivery store stored return returns returned serialize publish put render download hand back exprot ausgeben'.split(
    ' ',
  ),
);
const into = new Set(['to', 'into']);
const inward = new Set(
  'read reads reading load loads loading import imports importing parse parses parsing ingest open opens take takes process processes processing receive receives received come comes arrive arrives given provided clean cleans check checks validate use using accept accepts upload uploaded extract analyze inspect profile search query join merge combine compare einlesen dedupe have has exported'.split(
    ' ',
  ),
);
const done = new Set('exported saved written produced generated delivered returned created emitted'.split(' '));

/**
 * Whether a format stands where data comes from or where it goes: by the preposition or verb before it, else by what follows.
 * @param fallback way when nothing tells: `out` for expected outputs, else `in`.
 */
export function formatWay(
  read: Read,
  start: number,
  end: number,
  isFormat: (at: number) => boolean,
  fallback: 'in' | 'out',
): 'in' | 'out' {
  const { words, sentences, determined } = read.tokens;
  const sentence = sentences[start];
  for (let at = start - 1; at >= 0 && sentences[at] === sentence; at -= 1) {
    const word = words[at] ?? '';
    const near = start - at <= 4;
    if (word === 'from' && near) return 'in';
    if (into.has(word) && near) return 'out';
    if ((word === 'as' || word === 'in') && near) return wayOfVerb(read, at, fallback);
    if (isNounExport(word, at, determined, isFormat)) continue;
    if (out.has(word)) return goesElsewhere(read, end, isFormat) ? 'in' : 'out';
    if (inward.has(word)) return 'in';
  }
  return determined[start] === true ? 'in' : wayAfter(read, end, fallback);
}

/** `comes as CSV` and `lists in CSV` say where data is; `save as CSV`, `answer in JSON` where it goes. */
function wayOfVerb({ tokens }: Read, preposition: number, fallback: 'in' | 'out'): 'in' | 'out' {
  for (let at = preposition - 1; at >= 0 && tokens.sentences[at] === tokens.sentences[preposition]; at -= 1) {
    const word = tokens.words[at] ?? '';
    if (inward.has(word)) return 'in';
    if (
      out.has(word) ||
      /^(give|get|show|answer|result|results|convert|turn|transform|want|write|report|make|create|list|send)$/.test(
        word,
      )
    )
      return 'out';
  }
  return tokens.words[preposition] === 'as' ? 'out' : fallback;
}

/** `the export`, `Excel export`: there the word is a thing, and its data comes in. */
function isNounExport(
  word: string,
  at: number,
  determined: readonly boolean[],
  isFormat: (at: number) => boolean,
): boolean {
  return /^(exports?|dumps?|outputs?|downloads?)$/.test(word) && (determined[at] === true || isFormat(at - 1));
}

/** `export the CSV to JSON`: another format further on is where it goes. */
function goesElsewhere({ tokens }: Read, end: number, isFormat: (at: number) => boolean): boolean {
  for (
    let at = end + 1;
    at < tokens.words.length && tokens.sentences[at] === tokens.sentences[end] && at <= end + 4;
    at += 1
  ) {
    if (into.has(tokens.words[at] ?? '') || tokens.words[at] === 'as') return isFormat(at + 1) || isFormat(at + 2);
  }
  return false;
}

function wayAfter({ tokens }: Read, end: number, fallback: 'in' | 'out'): 'in' | 'out' {
  for (
    let at = end + 1;
    at <= end + 4 && at < tokens.words.length && tokens.clauses[at] === tokens.clauses[end];
    at += 1
  ) {
    const word = tokens.words[at] ?? '';
    if (done.has(word) || (at === end + 1 && /^(output|export|download)$/.test(word))) return 'out';
    if (into.has(word)) return 'in';
  }
  return fallback;
}
