import { expect, it } from 'vitest';
import { unexpected } from './expectation.ts';

const answer = (text: string) => ({ outcome: 'ok', text }) as Parameters<typeof unexpected>[0];

it('[VERIFY-21] an expected pattern that never comes to an end on the answer does not match', () => {
  expect(unexpected(answer('aaaa'), { matches: '^(a+)+$' })).toBeUndefined();
  expect(unexpected(answer(`${'a'.repeat(60)}!`), { matches: '^(a+)+$' })).toMatch(/^Expected to match \^\(a\+\)\+\$/);
});
