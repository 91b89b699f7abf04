import type { RecipeTool } from '../../../spec/index.ts';
import { answer, columns, count, dataset, integer, list, object, readOnly } from '../../schema.ts';

const textOrNull = (description: string) => ({ type: ['string', 'null'], description });

const columnAnswer = answer({
  name: { type: 'string', description: 'Column.' },
  type: {
    type: 'string',
    description: 'What most values are: integer, number, boolean, date, email, url, phone, text, nested or empty.',
  },
  types: list('How many values are of each type.', answer({ type: { type: 'string' }, count: count('Values.') }), 10),
  nulls: count('Rows without a value.'),
  filledPercent: { type: 'number', description: 'Share of rows with a value, in percent.' },
  distinct: count('Different values; counting stops at 10,000.'),
  distinctExact: { type: 'boolean', description: 'Whether distinct is exact.' },
  minimum: textOrNull('Smallest value of the main type: by number, by date or by text.'),
  maximum: textOrNull('Largest value of the main type.'),
  mean: { type: ['number', 'null'], description: 'Mean of the values that are numbers.' },
  topValues: list('The most frequent values.', answer({ value: { type: 'string' }, count: count('Rows.') }), 20),
});

export const dataProfiler: RecipeTool = {
  name: 'data_profiler',
  title: 'Profile data',
  description:
    'Describes each column of a dataset: types, missing and different values, smallest and largest value, mean and the most frequent values. Use it to learn what is in unknown data. Returns figures only; changes nothing and judges nothing.',
  vocabulary: {
    phrases: [
      'profile data',
      'data profile',
      'data profiling',
      'data quality report',
      'column statistics',
      'describe the data',
      'summary statistics',
      'descriptive statistics',
      'missing values',
      'null count',
      'distinct values',
      'explore data',
      'exploratory analysis',
      'data overview',
      'understand the data',
      'inspect columns',
      'value distribution',
      'data types of columns',
      'most common values', 'empty columns', 'mostly empty', 'column types', 'types of columns', 'null values', 'how many missing', 'how many nulls', 'how many distinct', 'min and max per column', 'distribution of', 'value ranges', 'unique values per column', 'data dictionary', 'overview of the data', 'overview of the columns', 'fill rate', 'share of missing', 'frequent values', 'most frequent values', 'empty cells', 'number of empty', 'unknown csv', 'summary of columns', 'describe columns', 'describe each column', 'describe every column', 'profile', 'per column statistics', 'statistics of each column', 'statistics for each column', 'column summary', 'missing per column', 'data quality overview', 'quality overview', 'what columns', 'which columns', 'columns there are', 'data set look', 'examine the dataset', 'distinct counts', 'count of missing', 'cardinality', 'have holes', 'data set of', 'quality report', 'fill rate and', 'range of each', 'describe it', 'nobody knows', 'know inside', 'strange values', 'looks strange', 'statistical overview', 'overview of dataset', 'column by column', 'inventory of columns', 'anomalies in columns', 'profile of', 'in each column', 'each column', 'values per column', 'kinds of values', 'rare values', 'odd types', 'columns look', 'often empty', 'theyre empty', 'cells are empty', 'is in each', 'columns are empty', 'like which fields', 'which fields', 'how often empty', 'is text or number', 'really inside', 'missing per field', 'ranges',],
    verbs: [
      'profile',
      'describe',
      'explore',
      'inspect',
      'summarize',
      'survey',
      'examine',
      'assess',
      'overview',
      'characterize',],
    objects: [
      'dataset',
      'data',
            'field',
      'data quality',
      'table',
      'distribution',
      'missing values',
      'outliers',
      'value range', 'distribution', 'distributions', 'completeness', 'data types', 'structure', 'unknown file', 'csv', 'types', 'nulls', 'null', 'blanks', 'ratio', 'null ratio', 'distinct', 'empties', 'cells', 'column types', 'guessed types', 'min max', 'typical values', 'frequencies', 'data type', 'empty cells', 'fields filled', 'columns of file', 'each column', 'every column', 'columns', 'all columns',],
    not: ['user profile', 'customer profile', 'text', 'performance profile', 'cpu profile'],
  },
  input: object(
    {
      dataset: dataset(),
      columns: columns('Columns to describe; all by default, the first 100 are shown.', { minItems: 1 }),
      top: integer('How many of the most frequent values to show.', 0, 20, { default: 5 }),
    },
    ['dataset'],
  ),
  output: answer({
    dataset: { type: 'string', description: 'The dataset described.' },
    rows: count('Rows in it.'),
    columnCount: count('Columns in it.'),
    columns: list('The columns.', columnAnswer, 100),
  }),
  annotations: readOnly,
  examples: [
    {
      files: {
        'datasets/orders.jsonl':
          '{"total":"9.50","day":"2024-03-01"}\n{"total":"20","day":null}\n{"total":"20","day":"2024-02-01"}\n',
      },
      arguments: { dataset: 'orders', columns: ['total'], top: 1 },
      expect: {
        equals: {
          dataset: 'orders',
          rows: 3,
          columnCount: 1,
          columns: [
            {
              name: 'total',
              type: 'integer',
              types: [
                { type: 'integer', count: 2 },
                { type: 'number', count: 1 },
              ],
              nulls: 0,
              filledPercent: 100,
              distinct: 2,
              distinctExact: true,
              minimum: '9.5',
              maximum: '20',
              mean: 16.5,
              topValues: [{ value: '20', count: 2 }],
            },
          ],
        },
      },
    },
    { arguments: { dataset: 'nothing_here' }, expect: { isError: true } },
  ],
  handler: { module: 'data-profiler.ts', export: 'profileData' },
  uses: ['folders'],
};
