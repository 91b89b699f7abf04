import { z } from 'zod';
import { serve } from './serve.mjs';

serve('texts', [
  {
    tool: 'count_vowels',
    title: 'Count vowels',
    description: 'Returns how many vowels a text has. It does not count y.',
    input: z.strictObject({ text: z.string().max(10_000).describe('The text.') }),
    output: z.object({ vowels: z.number().int() }),
    run: ({ text }) => ({ vowels: (text.match(/[aeiou]/gi) ?? []).length }),
  },
]);
