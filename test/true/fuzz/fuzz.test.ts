import { describe, expect, it } from 'vitest';
import { keptFolder, keptFolders } from '../../support/fuzz-kept.ts';
import type { FuzzTarget } from '../../support/fuzz.ts';
import { clientTargets } from './clients.ts';
import { documentTargets } from './documents.ts';
import { networkTargets } from './network.ts';
import { protocolTargets } from './protocol.ts';
import { requestTargets } from './requests.ts';

/** Cases of all targets together; `npm run soak -- fuzz` tries a million, and other ones each time. */
const all = 10_000;
const [seed, timeout] = [20260728, 120_000];
const targets = [...documentTargets, ...requestTargets, ...clientTargets, ...protocolTargets, ...networkTargets];
const shares = targets.reduce((sum, { share }) => sum + share, 0);
const casesOf = ({ share }: FuzzTarget): number => Math.ceil((all * share) / shares);

describe(
  'whatever comes from outside gives a value or an error in words, and changes no prototype',
  { timeout },
  () => {
    it.each(documentTargets)('[ROBUST-5] $name', (target) => target.try(casesOf(target), seed));
    it.each([...requestTargets, ...clientTargets])('[ROBUST-9] $name', (target) => target.try(casesOf(target), seed));
    it.each(protocolTargets)('[ROBUST-6] $name', (target) => target.try(casesOf(target), seed));
    it.each(networkTargets)('[ROBUST-7] $name', (target) => target.try(casesOf(target), seed));
  },
);

it('what broke something once is kept for a target that stands', () => {
  const folders = targets.map(({ name }) => keptFolder(name));
  expect(keptFolders().length).toBeGreaterThan(0);
  expect(keptFolders().filter((one) => !folders.includes(one))).toEqual([]);
});
