import { z } from 'zod';
import { serve } from './serve.mjs';

const channel = z.number().int().min(0).max(255);

serve('colors', [
  {
    tool: 'mix_colors',
    title: 'Mix colours',
    description: 'Returns the colour half way between two. It does not look at lightness.',
    input: z.strictObject({
      first: z.array(channel).length(3).describe('Red, green and blue.'),
      second: z.array(channel).length(3).describe('Red, green and blue.'),
    }),
    output: z.object({ mixed: z.array(z.number()) }),
    run: ({ first, second }) => ({ mixed: first.map((one, index) => Math.round((one + second[index]) / 2)) }),
  },
  {
    tool: 'name_color',
    title: 'Name a colour',
    description: 'Returns the hexadecimal name of a colour. It knows no names in words.',
    input: z.strictObject({ color: z.array(channel).length(3).describe('Red, green and blue.') }),
    output: z.object({ name: z.string() }),
    run: ({ color }) => ({ name: `#${color.map((one) => one.toString(16).padStart(2, '0')).join('')}` }),
  },
]);
