import { defineRecipe } from '../../../spec/index.ts';
import { dataTransformer } from './tools.ts';

export const transform = defineRecipe({
  name: 'transform',
  title: 'Data transformation',
  summary: 'Renames, casts, normalises, derives and filters; standardises data by itself.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'transformation',
  tools: [dataTransformer],
  modules: {
    typescript: ['data-transformer.ts', 'transform-steps.ts', 'row-steps.ts', 'convert-value.ts', 'operation-parts.ts'],
  },
  dependencies: ['libphonenumber-js', 'luxon', 'validator', '@types/luxon', '@types/validator'],
});
