import type { RecipeTool } from '../../../spec/index.ts';
import {
  addsFiles,
  answer,
  choice,
  column,
  count,
  dataset,
  datasetAnswer,
  flag,
  list,
  newDataset,
  object,
} from '../../schema.ts';

const pair = object(
  {
    left: column('Key column of the left dataset.'),
    right: column('Key column of the right dataset; the same name by default.'),
  },
  ['left'],
);

export const dataJoiner: RecipeTool = {
  name: 'data_joiner',
  title: 'Join datasets',
  description:
    'Puts the rows of two datasets with equal keys side by side: inner keeps matches only, left all rows of the left, full all of both. Rows match in spite of case, spaces and phone notation unless exact. Returns the new dataset with a preview and how many rows found no match. Does not match similar spellings and does not stack datasets below each other.',
  vocabulary: {
    phrases: [
      'join datasets',
      'join tables',
      'merge files',
      'merge datasets',
      'merge tables',
      'combine datasets',
      'combine two files',
      'left join',
      'inner join',
      'full join',
      'vlookup',
      'look up in another table',
      'match records',
      'enrich with',
      'cross reference',
      'link records',
      'add columns from',
      'reconcile two lists',
      'match up', 'join on', 'joined on', 'joined by', 'merge on', 'lookup by', 'combine with', 'merge with', 'match against', 'enriched with', 'bring together', 'two sources', 'put together', 'compare two lists', 'next to list', 'missing from the other', 'present in both', 'matched with', 'merge by', 'merge over', 'join by', 'merged with', 'combined with', 'linked by', 'match by id', 'with the list of', 'add the columns of', 'lookup from second', 'cross check', 'merge lists', 'merge two', 'two lists', 'both lists', 'put them together', 'combined list', 'one combined list', 'match payments', 'join', 'merge', 'merged', 'by reference number', 'one list from', 'together by', 'combine', 'combined', 'old and new', 'put two together', 'put next to', 'counted next to', 'next to supposed', 'is in both', 'both have', 'they share', 'share the number', 'share the id', 'with both', 'in both lists', 'behind it', 'to each payment', 'match them', 'look up in other', 'have in common', 'number is in both', 'with its street',],
    verbs: [
      'join',
      'merge',
      'combine',
      'match',
      'link',
      'enrich',
            'cross-reference',
      'reconcile',
            'correlate', 'bring together', 'put together', 'blend', 'append columns', 'associate', 'assign', 'match up', 'unite', 'union', 'cross check',],
    objects: [
      'dataset',
      'table',
      'two files',
            'orders with customers',
      'records',
      'sources',
      'common key',
      'common column',
      'second file',
      'sheets',
      'lookup table', 'lists', 'two lists', 'two csvs', 'csv files', 'price list', 'master data', 'two tables', 'both files', 'both lists', 'reference list', 'registers', 'spreadsheets', 'second list', 'other list', 'other file', 'via id', 'keys', 'by id', 'common', 'second table', 'customer number', 'databases', 'reference number', 'matching rows', 'counterpart', 'different files', 'different spreadsheets', 'catalogues',],
    not: ['git', 'branch', 'pull request', 'pdf', 'channel', 'meeting', 'duplicates', 'strings'],
  },
  input: object(
    {
      left: dataset('Name of the left dataset.'),
      right: dataset('Name of the right dataset, at most 500,000 rows.'),
      on: list('Key columns; rows match when all are equal.', pair, 10, { minItems: 1 }),
      kind: choice('Which rows to keep.', ['inner', 'left', 'full'], 'inner'),
      exact: flag('Let case, spaces and notation of keys count.', false),
      into: newDataset('Name for the new dataset; both names by default.'),
    },
    ['left', 'right', 'on'],
  ),
  output: answer({
    ...datasetAnswer,
    leftRows: count('Rows of the left dataset.'),
    rightRows: count('Rows of the right dataset.'),
    leftWithoutMatch: count('Rows of the left that match nothing.'),
    rightWithoutMatch: count('Rows of the right that match nothing.'),
    renamedColumns: list(
      'Columns of the right dataset that have a new name because the left has one of that name.',
      answer({ was: { type: 'string' }, column: { type: 'string' } }),
      100,
    ),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: {
        'datasets/orders.jsonl': '{"id":1,"buyer":"7","name":"pen"}\n{"id":2,"buyer":"8","name":"ink"}\n',
        'datasets/people.jsonl': '{"number":7,"name":"Ana"}\n{"number":9,"name":"Bo"}\n',
      },
      arguments: {
        left: 'orders',
        right: 'people',
        on: [{ left: 'buyer', right: 'number' }],
        kind: 'left',
        into: 'sales',
      },
      expect: {
        equals: {
          dataset: 'sales',
          rows: 2,
          columns: ['id', 'buyer', 'name', 'name_right'],
          preview: [
            { id: 1, buyer: '7', name: 'pen', name_right: 'Ana' },
            { id: 2, buyer: '8', name: 'ink', name_right: null },
          ],
          file: 'datasets/sales.jsonl',
          leftRows: 2,
          rightRows: 2,
          leftWithoutMatch: 1,
          rightWithoutMatch: 1,
          renamedColumns: [{ was: 'name', column: 'name_right' }],
        },
      },
    },
    {
      files: { 'datasets/orders.jsonl': '{"id":1}\n' },
      arguments: { left: 'orders', right: 'nothing_here', on: [{ left: 'id' }] },
      expect: { isError: true },
    },
  ],
  handler: { module: 'data-joiner.ts', export: 'joinData' },
  uses: ['folders'],
};
