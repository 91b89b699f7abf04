import { describe, expect, it } from 'vitest';
import { someOf } from './some-tools.ts';

describe('tools that are tried', () => {
  it('[VERIFY-19] are all where they are few', () => {
    expect(someOf([1, 2, 3])).toEqual({ tried: [1, 2, 3], rest: [] });
  });

  it('[VERIFY-19] are from all over where they are many, the same each time, and the rest is told', () => {
    const all = Array.from({ length: 1000 }, (_, index) => index);
    const { tried, rest } = someOf(all);
    expect(tried).toHaveLength(100);
    expect(new Set(tried.map((index) => Math.floor(index / 100))).size).toBe(10);
    expect(someOf(all).tried).toEqual(tried);
    expect(rest).toMatchObject([
      { status: 'skipped', message: expect.stringContaining('100 of 1000 tools were tried') },
    ]);
  });
});
