import type { RecipeTool } from '../../../spec/index.ts';
import { exportAnswer, exportInput } from '../../export-schema.ts';
import { addsFiles, answer, count, datasetAnswer, flag, list, newDataset, object, textInput } from '../../schema.ts';

const lineProblem = answer({
  line: count('Line of the source.'),
  problem: { type: 'string', description: 'What is wrong with it.' },
});

export const jsonlReader: RecipeTool = {
  name: 'jsonl_reader',
  title: 'Read JSON Lines',
  description:
    'Reads a JSON Lines (NDJSON) file or text, one JSON value a line, into a dataset that the other tools work on. Leaves out lines that are no JSON and reports them. Returns the number of rows, the columns and a preview, not all rows.',
  vocabulary: {
    phrases: [
      'json lines',
      'jsonl',
      'ndjson',
      'newline delimited json',
      'line delimited json',
      'read jsonl',
      'read json lines',
      'parse ndjson',
      'jsonl file',
      'one json per line',
      'json log',
    ],
    verbs: ['read', 'parse', 'load', 'import', 'ingest', 'process', 'open', 'stream'],
    objects: ['jsonl', 'ndjson', 'json lines', 'line delimited json', 'json log file', 'event log'],
    not: ['export', 'write', 'save as'],
  },
  input: object({
    ...textInput('JSON Lines'),
    dataset: newDataset('Name for the dataset; the file name by default.'),
    flatten: flag('Make nested objects into columns such as address.city.', false),
  }),
  output: answer({
    ...datasetAnswer,
    problemCount: count('Lines that are no JSON and were left out.'),
    problems: list('The first of these.', lineProblem, 20),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: { 'events.jsonl': '{"event":"start"}\n\nnot json\n{"event":"stop","at":{"h":1}}\n' },
      arguments: { path: 'events.jsonl' },
      expect: { matches: '"rows":2,.*"problemCount":1,.*"line":3' },
    },
    { arguments: { path: 'missing.jsonl' }, expect: { isError: true } },
  ],
  handler: { module: 'jsonl-reader.ts', export: 'readJsonLines' },
  uses: ['folders'],
};

export const jsonlExporter: RecipeTool = {
  name: 'jsonl_exporter',
  title: 'Export JSON Lines',
  description:
    'Writes a dataset to a JSON Lines (NDJSON) file, one object a line. Returns the file, its size and a preview. Does not change the dataset and never overwrites a file outside of the workspace.',
  vocabulary: {
    phrases: [
      'export jsonl',
      'write jsonl',
      'save as jsonl',
      'convert to jsonl',
      'output jsonl',
      'export ndjson',
      'write ndjson',
      'export json lines',
      'write json lines',
      'to jsonl',
      'to ndjson',
      'as json lines',
      'as jsonl',
    ],
    verbs: ['export', 'write', 'save', 'output', 'convert to', 'produce', 'generate', 'emit', 'dump'],
    objects: ['jsonl', 'ndjson', 'json lines', 'line delimited json', 'training file'],
  },
  input: object(exportInput('jsonl'), ['dataset']),
  output: exportAnswer,
  annotations: addsFiles,
  examples: [
    {
      files: { 'datasets/people.jsonl': '{"name":"Ana"}\n{"name":"Bo"}\n' },
      arguments: { dataset: 'people' },
      expect: {
        equals: {
          file: 'exports/people.jsonl',
          bytes: 29,
          rows: 2,
          columns: ['name'],
          preview: [{ name: 'Ana' }, { name: 'Bo' }],
        },
      },
    },
    { arguments: { dataset: 'nothing_here' }, expect: { isError: true } },
  ],
  handler: { module: 'jsonl-exporter.ts', export: 'exportJsonLines' },
  uses: ['folders'],
};
