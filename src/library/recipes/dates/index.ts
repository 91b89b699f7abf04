import { defineRecipe } from '../../../spec/index.ts';
import { dateConverter } from './tools.ts';

export const dates = defineRecipe({
  name: 'dates',
  title: 'Dates and time zones',
  summary: 'Reads, converts, adds and compares dates in any time zone.',
  taskTypes: ['custom', 'data_processing'],
  capability: 'dates',
  tools: [dateConverter],
  modules: { typescript: ['date-converter.ts'] },
  dependencies: ['luxon', '@types/luxon'],
});
