import { defineRecipe } from '../../../spec/index.ts';
import { dataProfiler } from './tools.ts';

export const profile = defineRecipe({
  name: 'profile',
  title: 'Data profile',
  summary: 'Describes the columns of a dataset.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'profiling',
  tools: [dataProfiler],
  modules: { typescript: ['data-profiler.ts', 'column-profile.ts'] },
  dependencies: ['luxon', 'validator', '@types/luxon', '@types/validator'],
});
