import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism, getPriority } from 'node:os';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { treeOf } from '../../../src/sandbox/tree.ts';
import { serviceOf } from '../../support/cli.ts';
import { canLimitProcessors, shareOf } from '../../support/processors.ts';
import { exhaustionDeeds, ruinousDeeds } from './deeds/exhaustion.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
/** Whose outcome is seen from outside. */
const takeProcessors = 'take_processors';

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

/** Processes of servers that have said that they would take what they can. */
async function atWork(): Promise<number[]> {
  const trees = await Promise.all(bench.sandboxes().map((pid) => treeOf(Number(pid))));
  return trees.flat().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('Date.now() + 5000');
    } catch {
      return false;
    }
  });
}

const comesBack = () =>
  expect
    .poll(async () => (await bench.order('greedy', 'say_calm')).said, { timeout: 30_000, interval: 200 })
    .toBe('calm');

describe('a tool that', () => {
  it.each(exhaustionDeeds.filter(({ name }) => name !== takeProcessors))(
    '[HOSTILE-3] [HOSTILE-2] $tries is held ($name)',
    async ({ name, says }) => {
      const { said, stdout, stderr } = await bench.order('greedy', name);
      expect(said, stdout + stderr).toMatch(says);
    },
  );

  it(`[HOSTILE-3] [HOSTILE-2] takes all processors stands back for the service and other servers (${takeProcessors})`, async () => {
    expect((await bench.order('greedy', takeProcessors)).said).toBe('4 at work');
    const working = await atWork();
    expect(working).toHaveLength(4);
    const service = getPriority(Number(serviceOf(bench.stateFolder)));
    expect(working.filter((pid) => getPriority(pid) <= service)).toEqual([]);
    const most = canLimitProcessors() ? Math.max(1, Math.min(2, availableParallelism() / 2)) : undefined;
    expect(working.map((pid) => shareOf(pid)?.most)).toEqual(working.map(() => most));
    expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
    expect((await bench.order('greedy', 'say_calm')).said).toBe('calm');
    expect((await bench.run(['list', '--json'])).json.servers).toHaveLength(2);
    for (const pid of working) if ((await atWork()).includes(pid)) process.kill(pid, 'SIGKILL');
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
