import { readdirSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exhaustionDeeds, ruinousDeeds } from './deeds/exhaustion.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();

beforeAll(async () => {
  const made = [
    await bench.make('neighbour', [calm]),
    await bench.make('greedy', [calm, ...exhaustionDeeds, ...ruinousDeeds]),
  ];
  expect(
    made.map(({ json }) => json.status),
    made[1]?.stdout,
  ).toEqual(['success', 'success']);
});
afterEach(async () => {
  expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
});

const comesBack = () =>
  expect
    .poll(async () => (await bench.order('greedy', 'say_calm')).said, { timeout: 30_000, interval: 200 })
    .toBe('calm');

describe('a tool that', () => {
  it.each(exhaustionDeeds)('[HOSTILE-3] [HOSTILE-2] $tries is held ($name)', async ({ name, says }) => {
    const { said, stdout, stderr } = await bench.order('greedy', name);
    expect(said, stdout + stderr).toMatch(says);
  });

  it.each(ruinousDeeds)(
    '[HOSTILE-3] [HOSTILE-2] $tries ends its own server alone, which comes back ($name)',
    async ({ name }) => {
      const { said, code, stdout } = await bench.order('greedy', name);
      expect(said).toBeUndefined();
      expect(code, stdout).not.toBe(0);
      await comesBack();
      expect((await bench.run(['logs', 'greedy'])).stdout).toMatch(/greedy: it ended \((SIG\w+|exit code \d+)/);
      expect(readdirSync(`${bench.stateFolder}/workspaces/greedy`).filter((file) => file.startsWith('core'))).toEqual(
        [],
      );
    },
  );
});
