import type { RecipeTool } from '../../../spec/index.ts';
import { exportAnswer, exportInput } from '../../export-schema.ts';
import {
  addsFiles,
  answer,
  datasetAnswer,
  flag,
  integer,
  list,
  newDataset,
  object,
  text,
  textInput,
} from '../../schema.ts';

export const jsonReader: RecipeTool = {
  name: 'json_reader',
  title: 'Read JSON',
  description:
    'Reads the records of a JSON file or JSON text into a dataset that the other tools work on. Finds the list of records itself unless told where it is. Returns the number of rows, the columns and a preview, not all rows. Does not change values; whole numbers too long for JSON stay text.',
  vocabulary: {
    phrases: [
      'read json',
      'parse json',
      'load json',
      'import json',
      'json file',
      'json document',
      'json input',
      'json data',
      'process json',
      'from json',
      'json payload',
      'json dump',
    ],
    verbs: ['read', 'parse', 'load', 'import', 'ingest', 'process', 'open', 'extract', 'flatten', 'take in'],
    objects: ['json', 'json file', 'json document', 'json array', 'json records', 'nested json', 'json response'],
    not: ['export', 'write', 'save as', 'to json', 'jsonl', 'ndjson', 'json lines'],
  },
  input: object({
    ...textInput('JSON'),
    dataset: newDataset('Name for the dataset; the file name by default.'),
    records: text('Dotted path of the list of records, for example data.items; the longest list by default.', 500, {
      minLength: 1,
    }),
    flatten: flag('Make nested objects into columns such as address.city.', false),
  }),
  output: answer({
    ...datasetAnswer,
    records: { type: 'string', description: 'Where the records were; empty for the document itself.' },
    otherLists: list('Other lists of records in the document.', { type: 'string' }, 20),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: { 'orders.json': '{"page":1,"data":{"orders":[{"id":1,"to":{"city":"Lyon"}},{"id":2}]}}' },
      arguments: { path: 'orders.json', flatten: true },
      expect: {
        equals: {
          dataset: 'orders',
          rows: 2,
          columns: ['id', 'to.city'],
          preview: [{ id: 1, 'to.city': 'Lyon' }, { id: 2 }],
          file: 'datasets/orders.jsonl',
          records: 'data.orders',
          otherLists: [],
        },
      },
    },
    { arguments: { text: '[{"id": 1}', dataset: 'broken' }, expect: { isError: true } },
  ],
  handler: { module: 'json-reader.ts', export: 'readJson' },
  uses: ['folders'],
};

export const jsonExporter: RecipeTool = {
  name: 'json_exporter',
  title: 'Export JSON',
  description:
    'Writes a dataset to a JSON file, one array of objects. Returns the file, its size and a preview. Does not change the dataset and never overwrites a file outside of the workspace.',
  vocabulary: {
    phrases: [
      'export json',
      'export to json',
      'write json',
      'save as json',
      'convert to json',
      'output json',
      'json output',
      'json export',
      'json format',
      'in json',
      'as json',
      'json report',
      'generate json',
      'emit json',
      'to json',
    ],
    verbs: [
      'export',
      'write',
      'save',
      'output',
      'convert to',
      'produce',
      'generate',
      'emit',
      'dump',
      'store',
      'deliver',
      'turn into',
      'serialize',
    ],
    objects: ['json', 'json file', 'json array', 'json format', 'json document'],
    not: ['jsonl', 'ndjson', 'json lines', 'read', 'import'],
  },
  input: object(
    {
      ...exportInput('json'),
      indent: integer('Spaces of indentation; 0 for the shortest file.', 0, 8, { default: 2 }),
    },
    ['dataset'],
  ),
  output: exportAnswer,
  annotations: addsFiles,
  examples: [
    {
      files: { 'datasets/people.jsonl': '{"name":"Ana","city":"Lyon"}\n{"name":"Bo","city":null}\n' },
      arguments: { dataset: 'people', columns: ['name'], indent: 0 },
      expect: {
        equals: {
          file: 'exports/people.json',
          bytes: 31,
          rows: 2,
          columns: ['name'],
          preview: [{ name: 'Ana' }, { name: 'Bo' }],
        },
      },
    },
    {
      files: { 'datasets/people.jsonl': '{"name":"Ana"}\n' },
      arguments: { dataset: 'people', columns: ['age'] },
      expect: { isError: true },
    },
  ],
  handler: { module: 'json-exporter.ts', export: 'exportJson' },
  uses: ['folders'],
};
