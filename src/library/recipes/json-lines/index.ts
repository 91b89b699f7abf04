import { defineRecipe } from '../../../spec/index.ts';
import { jsonlExporter, jsonlReader } from './tools.ts';

export const jsonLines = defineRecipe({
  name: 'json-lines',
  title: 'JSON Lines files',
  summary: 'Reads and writes JSON Lines (NDJSON).',
  taskTypes: ['data_processing'],
  capability: 'jsonl',
  tools: [jsonlReader, jsonlExporter],
  modules: { typescript: ['jsonl-reader.ts', 'jsonl-exporter.ts'] },
  dependencies: [],
});
