import { expect, it } from 'vitest';
import { cut } from './index.ts';

it('[OPENAPI-READ-14] cuts no character in two', () => {
  expect(cut('ab😀cd', 4)).toBe('ab…');
  expect(cut('ab😀cd', 5)).toBe('ab😀…');
  expect(cut('ab😀', 4)).toBe('ab😀');
});
