import { defineRecipe } from '../../../spec/index.ts';
import { jsonExporter, jsonReader } from './tools.ts';

export const json = defineRecipe({
  name: 'json',
  title: 'JSON files',
  summary: 'Reads the records of JSON documents and writes JSON arrays.',
  taskTypes: ['data_processing'],
  capability: 'json',
  tools: [jsonReader, jsonExporter],
  modules: { typescript: ['json-reader.ts', 'json-exporter.ts'] },
  dependencies: [],
});
