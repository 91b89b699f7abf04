import { defineRecipe } from '../../../spec/index.ts';
import { dataDeduplicator } from './tools.ts';

export const deduplicate = defineRecipe({
  name: 'deduplicate',
  title: 'Duplicates',
  summary: 'Keeps one row of each group of equal rows.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'deduplication',
  tools: [dataDeduplicator],
  modules: { typescript: ['data-deduplicator.ts'] },
  dependencies: [],
});
