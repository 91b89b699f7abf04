import { describe, expect, it } from 'vitest';
import { safePattern } from './pattern.ts';

describe('safePattern', () => {
  it('[RECIPES-DATA-9] answers at once where backtracking would never end', () => {
    expect(safePattern('^(a+)+$').test(`${'a'.repeat(5_000)}b`)).toBe(false);
  });

  it('[RECIPES-DATA-9] gives up with a next step where linear matching is not possible', () => {
    const evil = safePattern('^(?=a)(a+)+$');
    expect(() => evil.test(`${'a'.repeat(60)}b`)).toThrow(
      expect.objectContaining({ name: 'ToolError', nextStep: expect.stringContaining('nested') }),
    );
    expect(safePattern('(?<=€)\\d+').test('price €12 for everything')).toBe(true);
  });

  it('matches like JavaScript, without regard to case when asked, with Unicode classes', () => {
    expect(safePattern('^[A-Z]{2}\\d{6}$').test('AB123456')).toBe(true);
    expect(safePattern('^ab', true).test('ABC')).toBe(true);
    expect(safePattern('^\\p{Lu}').test('Élodie')).toBe(true);
    expect(safePattern('^.{1,200}$').test('x'.repeat(201))).toBe(false);
  });

  it('refuses what is no regular expression', () => {
    expect(() => safePattern('(')).toThrow('not a valid regular expression');
  });
});
