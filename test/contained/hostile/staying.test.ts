import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { stayingDeeds } from './deeds/staying.ts';
import { calm, withHostile } from './with-hostile.ts';

// On a busy machine each command takes its time.
vi.setConfig({ testTimeout: 180_000 });

const bench = withHostile();
/** Seconds that no other process sleeps, to find children by. */
const mark = 1_000_000 + process.pid;

function sleepers(): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`sleep\0${mark}`.slice(0, -1));
    } catch {
      return false;
    }
  });
}

beforeAll(async () => {
  const made = [await bench.make('neighbour', [calm]), await bench.make('clinging', [calm, ...stayingDeeds])];
  expect(
    made.map(({ json }) => json.status),
    made[1]?.stdout,
  ).toEqual(['success', 'success']);
});

describe('a server with a tool that', () => {
  it.each(stayingDeeds)(
    '[HOSTILE-5] [HOSTILE-2] $tries is stopped whole, and starts again ($name)',
    async ({ name, says }) => {
      const before = bench.sandboxes().length;
      const ran = await bench.order('clinging', name, { mark }, says.source === 'never said' ? 1 : 20);
      if (says.source === 'never said') expect(ran.said).toBeUndefined();
      else expect(ran.said, ran.stdout + ran.stderr).toMatch(says);
      if (name === 'leave_children') expect(sleepers().length).toBeGreaterThan(0);
      expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
      expect((await bench.run(['stop', 'clinging', '--json'])).code).toBe(0);
      expect(bench.sandboxes().length).toBe(before - 1);
      expect(sleepers()).toEqual([]);
      expect((await bench.run(['start', 'clinging', '--json'])).code).toBe(0);
      expect((await bench.order('clinging', 'say_calm')).said).toBe('calm');
    },
  );
});
