import { defineRecipe } from '../../../spec/index.ts';
import { dataAggregator } from './tools.ts';

export const aggregate = defineRecipe({
  name: 'aggregate',
  title: 'Aggregation',
  summary: 'Groups rows and works out totals, averages and other figures.',
  taskTypes: ['data_processing', 'ml_pipeline'],
  capability: 'aggregation',
  tools: [dataAggregator],
  modules: { typescript: ['data-aggregator.ts', 'measures.ts', 'gauges.ts'] },
  dependencies: [],
});
