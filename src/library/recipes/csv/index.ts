import { defineRecipe } from '../../../spec/index.ts';
import { csvExporter, csvProcessor } from './tools.ts';

export const csv = defineRecipe({
  name: 'csv',
  title: 'CSV files',
  summary: 'Reads and writes CSV whatever its delimiter, encoding and quoting.',
  taskTypes: ['data_processing'],
  capability: 'csv',
  tools: [csvProcessor, csvExporter],
  modules: { typescript: ['csv-processor.ts', 'csv-reader.ts', 'csv-exporter.ts'] },
  dependencies: ['papaparse', '@types/papaparse'],
});
