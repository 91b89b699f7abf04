import { defineRecipe } from '../../../spec/index.ts';
import { textAnalyzer } from './tools.ts';

export const text = defineRecipe({
  name: 'text',
  title: 'Text statistics',
  summary: 'Counts words, sentences and characters; reading time and frequent words.',
  taskTypes: ['data_processing', 'custom'],
  capability: 'text',
  tools: [textAnalyzer],
  modules: { typescript: ['text-analyzer.ts', 'text-tally.ts'] },
  dependencies: [],
});
