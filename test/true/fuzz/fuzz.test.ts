import { describe, expect, it } from 'vitest';
import { keptFolder, keptFolders } from '../../support/fuzz-kept.ts';
import type { FuzzTarget } from '../../support/fuzz.ts';
import { allTargets, targetsOf } from './targets.ts';

/** Cases of all targets together; `npm run soak -- fuzz` tries a million, and other ones each time. */
const all = 10_000;
const [seed, timeout] = [20260728, 120_000];
const shares = allTargets.reduce((sum, { share }) => sum + share, 0);
const casesOf = ({ share }: FuzzTarget): number => Math.ceil((all * share) / shares);

describe(
  'whatever comes from outside gives a value or an error in words, and changes no prototype',
  { timeout },
  () => {
    const tries = (id: keyof typeof targetsOf): readonly FuzzTarget[] => targetsOf[id] ?? [];
    it.each(tries('ROBUST-5'))('[ROBUST-5] $name', (target) => target.try(casesOf(target), seed));
    it.each(tries('ROBUST-6'))('[ROBUST-6] $name', (target) => target.try(casesOf(target), seed));
    it.each(tries('ROBUST-7'))('[ROBUST-7] $name', (target) => target.try(casesOf(target), seed));
    it.each(tries('ROBUST-9'))('[ROBUST-9] $name', (target) => target.try(casesOf(target), seed));
  },
);

it('what broke something once is kept for a target that stands', () => {
  const folders = allTargets.map(({ name }) => keptFolder(name));
  expect(keptFolders().length).toBeGreaterThan(0);
  expect(keptFolders().filter((one) => !folders.includes(one))).toEqual([]);
});
