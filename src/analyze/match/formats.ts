import type { Evidence } from './evidence.ts';
import { formatWay } from './format-way.ts';
import type { Occurrence, Read } from './occurrences.ts';
import type { MatchIndex } from './patterns.ts';

/** Readers and writers of the formats that are named. Adds to `found`. */
export function addFormats(
  index: MatchIndex,
  read: Read,
  occurrences: readonly Occurrence[],
  fallback: 'in' | 'out',
  found: Evidence[],
): void {
  const formats = occurrences.filter(({ pattern }) => pattern.format !== undefined);
  const isFormat = (at: number): boolean => formats.some(({ start, end }) => start <= at && at <= end);
  const { words } = read.tokens;
  for (const { pattern, start, end } of formats) {
    const { format } = pattern;
    if (format === undefined || notAFile.has(words[end + 1] ?? '') || notAFile.has(words[start - 1] ?? '')) continue;
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
}

/** Whether a verb before changes what the format holds: `delete old rows from the database`. */
function changesIt({ tokens }: Read, occurrences: readonly Occurrence[], writer: number, start: number): boolean {
  return occurrences.some(
    (verb) =>
      verb.end < start &&
      modifying.has(tokens.words[verb.start] ?? '') &&
      verb.pattern.verbOf.includes(writer) &&
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
