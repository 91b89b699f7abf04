import { expect, it } from 'vitest';
import { killAtRandom } from '../support/kill-run.ts';

/** Services beside each other; kills of all together, 200 unless a run asks for others: each costs two seconds of a core. */
const houses = 2;
const kills = Math.min(1000, Math.max(houses, Number(process.env['DURABLE_KILLS'] ?? 200)));
const seed = Number(process.env['DURABLE_SEED'] ?? Date.now() % 1_000_000);

it(`[KILLS-2] ${kills} kills at random moments lose nothing and leave nothing (DURABLE_SEED=${seed})`, async () => {
  const runs = await Promise.all(
    Array.from({ length: houses }, (_, house) => killAtRandom(Math.ceil(kills / houses), seed + house)),
  );
  expect(runs.flatMap(({ faults }) => faults)).toEqual([]);
  // How many of which kind is a matter of chance and of the machine; without any, only creates were tried.
  const others = runs.flatMap(({ answered }) => Object.entries(answered)).filter(([kind]) => kind !== 'create');
  if (kills >= 100) expect(Math.max(...others.map(([, count]) => count))).toBeGreaterThan(0);
  expect(runs.reduce((sum, { builds }) => sum + builds, 0)).toBeGreaterThan(kills / 10);
}, 1_800_000);
