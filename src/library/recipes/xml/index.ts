import { defineRecipe } from '../../../spec/index.ts';
import { xmlExporter, xmlReader } from './tools.ts';

export const xml = defineRecipe({
  name: 'xml',
  title: 'XML files',
  summary: 'Reads the repeated elements of XML documents and writes XML.',
  taskTypes: ['data_processing'],
  capability: 'xml',
  tools: [xmlReader, xmlExporter],
  modules: { typescript: ['xml-reader.ts', 'xml-entities.ts', 'xml-exporter.ts'] },
  dependencies: ['fast-xml-parser'],
});
