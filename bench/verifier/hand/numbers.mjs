import { z } from 'zod';
import { serve } from './serve.mjs';

const numbers = z.array(z.number()).min(1).max(1000).describe('The numbers.');

serve('numbers', [
  {
    tool: 'average_numbers',
    title: 'Average',
    description: 'Returns the mean of numbers. It does not round.',
    input: z.strictObject({ numbers }),
    output: z.object({ mean: z.number() }),
    run: ({ numbers }) => ({ mean: numbers.reduce((sum, one) => sum + one, 0) / numbers.length }),
  },
  {
    tool: 'sort_numbers',
    title: 'Sort',
    description: 'Returns numbers from the least to the greatest. It does not drop any.',
    input: z.strictObject({ numbers, descending: z.boolean().optional().describe('Greatest first.') }),
    output: z.object({ sorted: z.array(z.number()) }),
    run: ({ numbers, descending }) => ({ sorted: numbers.toSorted((a, b) => (descending ? b - a : a - b)) }),
  },
]);
