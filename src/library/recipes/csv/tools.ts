import type { RecipeTool } from '../../../spec/index.ts';
import { exportAnswer, exportInput } from '../../export-schema.ts';
import { addsFiles, answer, choice, count, datasetAnswer, flag, list, newDataset, object } from '../../schema.ts';
import { textInput } from '../../schema.ts';

const delimiters = ['comma', 'semicolon', 'tab', 'bar'];
const rowProblem = answer({
  row: count('Data row, counted from 1 without the header.'),
  line: count('Line of the source.'),
  problem: { type: 'string', description: 'What is wrong with it.' },
});

export const csvProcessor: RecipeTool = {
  name: 'csv_processor',
  title: 'Read CSV',
  description:
    'Reads a CSV file or CSV text into a dataset that the other tools work on. Finds the delimiter and the encoding itself and reports rows that do not fit the header. Returns the number of rows, the columns and a preview, not all rows. Does not change or check the values: every cell stays text.',
  vocabulary: {
    phrases: [
      'csv',
      'csv file',
      'read csv',
      'process csv',
      'parse csv',
      'import csv',
      'load csv',
      'comma separated',
      'semicolon separated',
      'tab separated',
      'tsv',
      'delimited file',
      'spreadsheet export',
      'excel export', 'delimited', 'semicolon', 'comma separated file', 'tsv', 'sheet export', 'spreadsheets', 'comma delimited', 'comma file', 'tab file', 'semicolon file', 'pipe separated', 'commas between', 'with semicolons', 'tab delimited', 'separated values', 'comma separated list',],
    verbs: ['read', 'process', 'parse', 'import', 'load', 'ingest', 'open', 'take in', 'upload', 'handle', 'extract'],
    objects: [
      'csv',
      'tsv',
      'spreadsheet',
      'table file',
      'delimited file',
      'comma separated values',
      'excel sheet',],
    not: ['json', 'xml', 'export', 'write', 'save as'],
  },
  input: object({
    ...textInput('CSV'),
    dataset: newDataset('Name for the dataset; the file name by default.'),
    delimiter: choice('What separates the cells.', ['auto', ...delimiters], 'auto'),
    header: flag('Whether the first record holds the column names.', true),
  }),
  output: answer({
    ...datasetAnswer,
    delimiter: { type: 'string', description: 'What separated the cells.' },
    encoding: { type: 'string', description: 'Encoding the text was read in.' },
    problemCount: count('Rows that do not fit the header or are quoted badly.'),
    problems: list('The first of these.', rowProblem, 20),
    notes: list('What was done to the column names.', { type: 'string' }, 20),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: { 'people.csv': 'name;email\n"Ana; M.";ana@example.com\nBo\n' },
      arguments: { path: 'people.csv' },
      expect: {
        equals: {
          dataset: 'people',
          rows: 2,
          columns: ['name', 'email'],
          preview: [
            { name: 'Ana; M.', email: 'ana@example.com' },
            { name: 'Bo', email: null },
          ],
          file: 'datasets/people.jsonl',
          delimiter: 'semicolon',
          encoding: 'utf-8',
          problemCount: 1,
          problems: [{ row: 2, line: 3, problem: '1 cells where the header has 2; the missing ones are null' }],
          notes: [],
        },
      },
    },
    { arguments: { text: 'id,total\n1,9.50\n', dataset: 'orders' }, expect: { contains: '9.50' } },
    { arguments: { path: 'missing.csv' }, expect: { isError: true } },
  ],
  handler: { module: 'csv-processor.ts', export: 'processCsv' },
  uses: ['folders'],
};

export const csvExporter: RecipeTool = {
  name: 'csv_exporter',
  title: 'Export CSV',
  description:
    'Writes a dataset to a CSV file. Returns the file, its size and a preview. Cells that a spreadsheet would run as a formula get an apostrophe. Does not change the dataset and never overwrites a file outside of the workspace.',
  vocabulary: {
    phrases: [
      'export csv',
      'write csv',
      'save as csv',
      'convert to csv',
      'output csv',
      'to csv',
      'csv output',
      'csv export',
      'generate csv',
      'download csv',
      'csv report',
    ],
    verbs: ['export', 'write', 'save', 'output', 'convert to', 'produce', 'generate', 'dump', 'download', 'deliver'],
    objects: ['csv', 'csv file', 'spreadsheet', 'excel file', 'tsv', 'comma separated file'],
    not: ['json', 'xml'],
  },
  input: object(
    {
      ...exportInput('csv'),
      delimiter: choice('What separates the cells.', delimiters, 'comma'),
      header: flag('Whether the first line holds the column names.', true),
      byteOrderMark: flag('Begin with a byte order mark, so that Excel reads accents well.', false),
      keepFormulas: flag('Leave cells such as =SUM(A1) as they are.', false),
    },
    ['dataset'],
  ),
  output: exportAnswer,
  annotations: addsFiles,
  examples: [
    {
      files: { 'datasets/people.jsonl': '{"name":"Ana","note":"=1+1"}\n' },
      arguments: { dataset: 'people' },
      expect: {
        equals: {
          file: 'exports/people.csv',
          bytes: 24,
          rows: 1,
          columns: ['name', 'note'],
          preview: [{ name: 'Ana', note: '=1+1' }],
        },
      },
    },
    { arguments: { dataset: 'nothing_here' }, expect: { isError: true } },
  ],
  handler: { module: 'csv-exporter.ts', export: 'exportCsv' },
  uses: ['folders'],
};
