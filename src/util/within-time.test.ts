import { expect, it } from 'vitest';
import { timeFor, TookTooLong, withinTime } from './within-time.ts';

const endless = (): boolean => /^(?:a+)+$/.test(`${'a'.repeat(60)}!`);

it('[VERIFY-21] work of strangers ends when its time has run out, a match of a pattern too', () => {
  expect(() => withinTime(50, endless)).toThrow(TookTooLong);
  expect(() =>
    withinTime(50, () => {
      for (;;);
    }),
  ).toThrow(TookTooLong);
});

it('[VERIFY-21] work that ends gives what it gives, also within other such work', () => {
  expect(withinTime(5000, () => withinTime(5000, () => 'inner') + withinTime(5000, () => ' and outer'))).toBe(
    'inner and outer',
  );
  const failure = new RangeError('mine');
  expect(() =>
    withinTime(5000, () => {
      throw failure;
    }),
  ).toThrow(failure);
});

it('[ROBUST-12] work of strangers has a time for all of it together', () => {
  const inTime = timeFor(100, 40);
  let begun = 0;
  const work = (): boolean => {
    begun += 1;
    return endless();
  };
  for (let round = 0; round < 20; round++) expect(() => inTime(work)).toThrow(TookTooLong);
  expect(begun).toBeLessThan(5);
});
