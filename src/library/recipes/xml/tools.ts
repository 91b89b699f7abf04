import type { RecipeTool } from '../../../spec/index.ts';
import { exportAnswer, exportInput } from '../../export-schema.ts';
import { addsFiles, answer, datasetAnswer, newDataset, object, text, textInput } from '../../schema.ts';

export const xmlReader: RecipeTool = {
  name: 'xml_reader',
  title: 'Read XML',
  description:
    'Reads the repeated elements of an XML file or XML text into a dataset that the other tools work on; attributes and nested elements become columns. Finds the record element itself unless told its name. Returns the number of rows, the columns and a preview, not all rows. Does not expand entities that a document declares: such documents are refused.',
  vocabulary: {
    phrases: [
      'xml',
      'read xml',
      'parse xml',
      'load xml',
      'import xml',
      'xml file',
      'xml feed',
      'xml document',
      'process xml',
      'rss feed',
      'xml data',
      'xml export from',],
    verbs: ['read', 'parse', 'load', 'import', 'ingest', 'process', 'open', 'extract', 'take in'],
    objects: [
      'xml',
      'xml file',
      'xml feed',
      'rss',
      'atom feed',
            'xml document',
            'xml invoice',],
    not: ['export', 'write', 'save as', 'to xml'],
  },
  input: object({
    ...textInput('XML'),
    dataset: newDataset('Name for the dataset; the file name by default.'),
    record: text('Name of the element that is one record, without its prefix; the most repeated one by default.', 200, {
      minLength: 1,
    }),
  }),
  output: answer({ ...datasetAnswer, record: { type: 'string', description: 'Element that was taken as a record.' } }),
  annotations: addsFiles,
  examples: [
    {
      files: {
        'books.xml':
          '<books><book id="1"><title>A &amp; B</title><by><name>Ana</name></by></book><book id="2"><title>&#233;</title></book></books>',
      },
      arguments: { path: 'books.xml' },
      expect: {
        equals: {
          dataset: 'books',
          rows: 2,
          columns: ['title', 'by.name', 'id'],
          preview: [
            { title: 'A & B', 'by.name': 'Ana', id: '1' },
            { title: 'é', id: '2' },
          ],
          file: 'datasets/books.jsonl',
          record: 'book',
        },
      },
    },
    { arguments: { text: '<a><b></a>' }, expect: { isError: true } },
  ],
  handler: { module: 'xml-reader.ts', export: 'readXml' },
  uses: ['folders'],
};

export const xmlExporter: RecipeTool = {
  name: 'xml_exporter',
  title: 'Export XML',
  description:
    'Writes a dataset to an XML file, one element a row and one a column. Returns the file, its size and a preview. Does not change the dataset and never overwrites a file outside of the workspace.',
  vocabulary: {
    phrases: [
      'export xml',
      'write xml',
      'save as xml',
      'convert to xml',
      'output xml',
      'to xml',
      'as xml',
      'xml output',
      'generate xml',
      'xml export',
    ],
    verbs: ['export', 'write', 'save', 'output', 'convert to', 'produce', 'generate', 'emit', 'serialize'],
    objects: ['xml', 'xml file', 'xml document', 'xml format'],
  },
  input: object(
    {
      ...exportInput('xml'),
      root: text('Name of the outer element.', 100, { minLength: 1, default: 'records' }),
      record: text('Name of the element of a row.', 100, { minLength: 1, default: 'record' }),
    },
    ['dataset'],
  ),
  output: exportAnswer,
  annotations: addsFiles,
  examples: [
    {
      files: { 'datasets/people.jsonl': '{"name":"A & B"}\n' },
      arguments: { dataset: 'people', record: 'person' },
      expect: {
        equals: { file: 'exports/people.xml', bytes: 110, rows: 1, columns: ['name'], preview: [{ name: 'A & B' }] },
      },
    },
    { arguments: { dataset: 'nothing_here' }, expect: { isError: true } },
  ],
  handler: { module: 'xml-exporter.ts', export: 'exportXml' },
  uses: ['folders'],
};
