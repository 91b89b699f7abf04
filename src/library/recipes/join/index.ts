import { defineRecipe } from '../../../spec/index.ts';
import { dataJoiner } from './tools.ts';

export const join = defineRecipe({
  name: 'join',
  title: 'Joins',
  summary: 'Puts rows of two datasets with equal keys side by side.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'join',
  tools: [dataJoiner],
  modules: { typescript: ['data-joiner.ts', 'joined-row.ts'] },
  dependencies: [],
});
