import { defineRecipe } from '../../../spec/index.ts';
import { dataValidator } from './tools.ts';

export const validate = defineRecipe({
  name: 'validate',
  title: 'Data validation',
  summary: 'Checks rows against rules and reports each error with row, column, value and reason.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'validation',
  tools: [dataValidator],
  modules: { typescript: ['data-validator.ts', 'validation-rules.ts', 'infer-rules.ts', 'rule-reasons.ts'] },
  dependencies: ['libphonenumber-js', 'luxon', 'validator', '@types/luxon', '@types/validator'],
});
