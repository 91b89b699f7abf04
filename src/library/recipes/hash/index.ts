import { defineRecipe } from '../../../spec/index.ts';
import { hashCalculator } from './tools.ts';

export const hash = defineRecipe({
  name: 'hash',
  title: 'Hashes',
  summary: 'Calculates and compares hashes of files and texts.',
  taskTypes: ['custom', 'data_processing'],
  capability: 'hashing',
  tools: [hashCalculator],
  modules: { typescript: ['hash-calculator.ts'] },
  dependencies: [],
});
