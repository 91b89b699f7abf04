import type { RecipeTool } from '../../../spec/index.ts';
import {
  addsFiles,
  answer,
  choice,
  columns,
  count,
  dataset,
  datasetAnswer,
  flag,
  list,
  newDataset,
  object,
  row,
} from '../../schema.ts';

export const dataDeduplicator: RecipeTool = {
  name: 'data_deduplicator',
  title: 'Remove duplicates',
  description:
    'Makes a copy of a dataset with one row of each group whose keys are equal; case, spaces and the notation of phone numbers do not count unless exact. Returns the new dataset with a preview, and a dataset of the rows left out, each with the row that was kept. Does not merge rows, does not guess at similar spellings, and leaves the original alone.',
  vocabulary: {
    phrases: [
      'remove duplicates',
      'deduplicate',
      'dedupe',
      'de-dup',
      'duplicate rows',
      'duplicate records',
      'duplicate entries',
      'unique records',
      'unique rows',
      'find duplicates',
      'drop duplicates',
      'no duplicates',
      'double entries',
      'repeated records',
      'same customer twice',
      'distinct rows',
      'merge duplicates', 'duplicate', 'remove double', 'doubled entries', 'more than once', 'twice in the list', 'appear twice', 'appears twice', 'unique entries', 'same person twice', 'duplicate free', 'repeated rows', 'repeated entries', 'without duplicates', 'keep one of each', 'redundant rows', 'same person', 'describe same person', 'nobody is twice', 'one record per person', 'one entry per', 'one row per customer', 'doppelte', 'duplicates entfernen', 'near duplicates', 'fuzzy duplicates', 'is twice', 'twice in', 'on list twice', 'listed twice', 'entered twice', 'stored twice', 'who registered twice', 'appear several times', 'several times', 'reduced to one', 'one entry per person', 'some double', 'double some', 'registered more than once', 'multiple times', 'same customer', 'registered twice', 'remove doubles', 'the doubles in', 'duplicates', 'two or three times', 'same guest', 'same helper', 'same human', 'same member', 'same entry', 'take out repeats', 'the repeats', 'exist more than once', 'appears more than once', 'in there twice', 'entered more than once', 'same company', 'same address twice', 'probably the same',],
    verbs: [
      'deduplicate',
      'dedupe',
      'remove',
      'drop',
      'delete',
      'find',
      'eliminate',
      'detect',
      'purge',
      'collapse',
      'weed out',
      'merge', 'keep', 'identify', 'spot', 'flag', 'appear', 'find out', 'recognise', 'recognize', 'reduce', 'get rid of', 'throw out', 'filter out',],
    objects: [
      'duplicate',
                  'repeated row',
      'repeated record',
      'redundant entry',
      'duplicate contact',
      'duplicate customer',
      'duplicate lead',
      'duplicate invoice',
      'twin', 'twice', 'more than once', 'same person', 'several times', 'multiple times', 'same customer', 'only once', 'two accounts', 'identical records', 'identical rows', 'same entry', 'repetitions', 'repeats', 'clones',],
    not: ['duplicate file', 'backup', 'replicate', 'clone'],
  },
  input: object(
    {
      dataset: dataset(),
      keys: columns(
        'Columns that make rows equal, for example ["email"]; all columns by default. Rows without any of them are kept.',
        { minItems: 1 },
      ),
      keep: choice(
        'Which row of a group to keep; most_complete is the one with the most values.',
        ['first', 'last', 'most_complete'],
        'first',
      ),
      exact: flag('Let case, spaces and notation count.', false),
      into: newDataset('Name for the new dataset; the old one with _unique by default.'),
    },
    ['dataset'],
  ),
  output: answer({
    ...datasetAnswer,
    rowsRead: count('Rows of the original.'),
    duplicates: count('Rows left out.'),
    duplicatesDataset: {
      type: 'string',
      description: 'Dataset of the rows left out; _row is their row, _kept_row the one kept.',
    },
    keys: list('The keys that were used.', { type: 'string' }, 1_000),
    examples: list('The first rows left out.', row, 5),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: {
        'datasets/leads.jsonl':
          '{"email":"ana@example.com","city":null}\n{"email":" ANA@example.com","city":"Lyon"}\n{"email":"bo@example.com","city":"Oslo"}\n',
      },
      arguments: { dataset: 'leads', keys: ['email'], keep: 'most_complete' },
      expect: {
        equals: {
          dataset: 'leads_unique',
          rows: 2,
          columns: ['email', 'city'],
          preview: [
            { email: ' ANA@example.com', city: 'Lyon' },
            { email: 'bo@example.com', city: 'Oslo' },
          ],
          file: 'datasets/leads_unique.jsonl',
          rowsRead: 3,
          duplicates: 1,
          duplicatesDataset: 'leads_duplicates',
          keys: ['email'],
          examples: [{ email: 'ana@example.com', city: null, _row: 1, _kept_row: 2 }],
        },
      },
    },
    {
      files: { 'datasets/leads.jsonl': '{"email":"ana@example.com"}\n' },
      arguments: { dataset: 'leads', keys: ['phone'] },
      expect: { isError: true },
    },
  ],
  handler: { module: 'data-deduplicator.ts', export: 'deduplicateData' },
  uses: ['folders'],
};
