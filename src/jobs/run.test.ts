import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DurableSteps } from './dbos.ts';
import { createRunningJob, leaveTaken, type RunningJob } from './run.ts';

/** Steps of a job, some of them recorded already; that a job progressed is noted only once `answer` is called. */
function stub(recorded: readonly string[] = []) {
  const noting = Promise.withResolvers<void>();
  const noted = Promise.withResolvers<void>();
  const durable: DurableSteps = {
    step: async (name, run) => (recorded.includes(name) ? ({ value: name } as never) : run()),
    kindOf: async () => 'other',
    attempts: async () => 1,
    progressed: () => {
      noting.resolve();
      return noted.promise;
    },
  };
  return { durable, noting: noting.promise, answer: noted.resolve };
}

const job = (durable: DurableSteps, closing = new AbortController().signal): RunningJob =>
  createRunningJob('build-left', durable, closing);

/** What has been done once nothing more comes. */
async function settled(done: readonly string[]): Promise<readonly string[]> {
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  return done;
}

describe('a job that was left', () => {
  it('[JOBS-12] begins no step any more, also when it was between two of them', async () => {
    const done: string[] = [];
    const { durable, noting, answer } = stub();
    const { context, leave } = job(durable);
    void (async () => {
      await context.step('first', async () => done.push('first'));
      await context.step('second', async () => done.push('second'));
    })();
    await noting;
    // Asked for before it was left, and not begun yet.
    void context.step('beside', async () => done.push('beside'));
    await leave();
    answer();
    expect(await settled(done)).toEqual(['first']);
  });

  it('[JOBS-12] goes no further by what the one that has its place has recorded', async () => {
    const done: string[] = [];
    const { context, leave } = job(stub(['first', 'second']).durable);
    const between = Promise.withResolvers<void>();
    void (async () => {
      done.push(await context.step('first', async () => 'own'));
      await between.promise;
      done.push(await context.step('second', async () => 'own'));
    })();
    expect(await settled(done)).toEqual(['first']);
    await leave();
    between.resolve();
    expect(await settled(done)).toEqual(['first']);
  });

  it('[JOBS-12] is not the one that was taken back while the database was asked', async () => {
    const [before, again] = [job(stub().durable), job(stub().durable)];
    const running = new Map([['build-left', before]]);
    const answer = Promise.withResolvers<readonly string[]>();
    const leaving = leaveTaken(running, () => answer.promise);
    running.set('build-left', again);
    answer.resolve(['build-left']);
    await leaving;
    expect(before.context.signal.aborted).toBe(true);
    expect(again.context.signal.aborted).toBe(false);
  });
});
