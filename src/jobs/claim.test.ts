import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { withStorage } from '../storage/testing.ts';
import { claimFirst, type Executor } from './claim.ts';
import { openEngine, type Engine } from './dbos.ts';

const held = withStorage();
let engine: Engine | undefined;
let pool: pg.Pool | undefined;
afterEach(async () => {
  await engine?.shutdown();
  await pool?.end();
});

it('[JOBS-13] what was taken from the queue when the answer was lost is run all the same, once', async () => {
  // Without places it takes none of the jobs itself.
  engine = await openEngine(held.storage.connectionString, 0);
  engine.register('one', async () => undefined);
  await engine.launch('idle');
  for (const id of ['job-1', 'job-2', 'job-3']) await engine.enqueue('one', id, {}, id);

  const direct = (pool = new pg.Pool({ connectionString: held.storage.connectionString }));
  let lost = false;
  const losing = {
    query: async (sql: string, values: unknown[]) => {
      const answer = await direct.query(sql, values);
      if (lost) throw new Error('The connection was lost.');
      return answer;
    },
  } as unknown as pg.Pool;
  const run: string[][] = [];
  const executor: Executor = {
    executorID: 'here',
    systemDatabase: { countRunningWorkflowsForQueue: () => run.flat().length },
    dispatchDequeuedWorkflows: async (ids) => void run.push([...ids]),
  };
  const look = claimFirst(losing, { queue: 'jobs', schema: 'mcp_crafter_jobs', version: '1', places: 2 });
  lost = true;
  await expect(look(executor)).rejects.toThrow('lost');
  lost = false;
  for (let looks = 0; looks < 2; looks++) await look(executor);
  expect(run).toEqual([['job-1', 'job-2']]);
});
