import { isCountryName, meaningOfName, type ColumnMeaning } from './column-names.ts';
import { datasetRows, type DatasetContext } from './dataset.ts';
import { readDate } from './dates.ts';
import { isEmailAddress, normaliseEmail } from './email.ts';
import { textOf } from './values.ts';

/** What the first rows of a dataset tell about a column. */
export interface ColumnFacts {
  readonly meaning?: ColumnMeaning;
  /** Rows looked at, and how many of them have a value in it. */
  readonly sampled: number;
  readonly filled: number;
  /** Different values among these. */
  readonly distinct: number;
}

const sampleRows = 1_000;

const looksLike: Readonly<Record<ColumnMeaning, (text: string) => boolean>> = {
  email: (text) => text.includes('@') || isEmailAddress(normaliseEmail(text)),
  phone: (text) =>
    /^[+(]?[\d\s()./+-]{6,24}(?:\s?(?:x|ext\.?)\s?\d{1,6})?$/i.test(text) && text.replace(/\D/g, '').length >= 6,
  url: (text) => /^(?:https?:\/\/|www\.)\S+$/i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(text),
  date: (text) => /\d/.test(text) && (/ambiguous|calendar/.test(reasonOf(text)) || 'date' in readDate(text)),
};

/**
 * All columns of a dataset with what they mean. A name that tells a meaning counts when at least half of the values
 * fit it; without such a name nine in ten of at least three values must.
 */
export async function inferColumns(context: DatasetContext, dataset: string): Promise<Map<string, ColumnFacts>> {
  const samples = new Map<string, string[]>();
  let rows = 0;
  for await (const row of datasetRows(context, dataset)) {
    rows += 1;
    for (const [column, value] of Object.entries(row)) {
      let sample = samples.get(column);
      if (!sample) samples.set(column, (sample = []));
      const text = rows <= sampleRows ? textOf(value) : null;
      if (text !== null) sample.push(text.slice(0, 320));
    }
  }
  const sampled = Math.min(rows, sampleRows);
  return new Map(
    [...samples].map(([column, sample]) => {
      const facts = { sampled, filled: sample.length, distinct: new Set(sample).size };
      const meaning = meaningOf(column, sample);
      return [column, meaning === undefined ? facts : { ...facts, meaning }];
    }),
  );
}

function meaningOf(column: string, sample: readonly string[]): ColumnMeaning | undefined {
  if (isCountryName(column)) return undefined;
  const share = (meaning: ColumnMeaning): number => sample.filter(looksLike[meaning]).length / sample.length;
  const named = meaningOfName(column);
  if (named) return sample.length > 0 && share(named) >= 0.5 ? named : undefined;
  if (sample.length < 3) return undefined;
  const certain = ['email', 'url', 'date'] as const;
  return certain.find((meaning) => clearly(meaning, sample) && share(meaning) >= 0.9);
}

/** Plain numbers and host-like words must not be taken for dates and links where no name says so. */
function clearly(meaning: ColumnMeaning, sample: readonly string[]): boolean {
  if (meaning === 'url') return sample.every((text) => /^https?:\/\//i.test(text));
  if (meaning === 'date') return sample.every((text) => !/^\d+$/.test(text));
  return true;
}

function reasonOf(text: string): string {
  const reading = readDate(text);
  return 'reason' in reading ? reading.reason : '';
}
