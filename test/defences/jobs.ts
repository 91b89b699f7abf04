import { without } from './sandbox-edits.ts';
import type { Defence } from './define.ts';

const file = 'src/jobs/places.ts';
const tests = 'src/jobs/places.test.ts';

export const defences: readonly Defence[] = [
  without(
    'As many builds run at once as there is memory for',
    [{ file, from: 'Math.min(most, memoryBytes * share)', to: 'Math.max(most, memoryBytes * share)' }],
    tests,
    ['JOBS-10'],
    ['as far as there is memory'],
  ),
  without(
    'A limit of the control group counts',
    [{ file, from: 'Math.min(limit, totalmem())', to: 'Math.max(limit, totalmem())' }],
    tests,
    ['JOBS-10'],
    ['count a limit of the control group'],
  ),
];
