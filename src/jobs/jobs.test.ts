import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { CrafterError } from '../errors.ts';
import { withStorage } from '../storage/testing.ts';
import { registerThree } from './fixtures/service.ts';
import { openJobs, type Jobs } from './index.ts';

const held = withStorage();
let jobs: Jobs | undefined;
let child: ChildProcess | undefined;
afterEach(async () => {
  child?.kill('SIGKILL');
  await jobs?.close();
  jobs = undefined;
});

async function launched(register: (jobs: Jobs) => void, config: { places?: number } = {}): Promise<Jobs> {
  jobs = await openJobs({ storage: held.storage, ...config });
  register(jobs);
  await jobs.launch();
  return jobs;
}

const trace = (folder: string): string[] =>
  existsSync(join(folder, 'trace')) ? readFileSync(join(folder, 'trace'), 'utf8').trim().split('\n') : [];

/** Starts a service with this job, which leaves its trace in the folder; returns when it waits in its second step. */
async function startService(id: string, folder: string): Promise<void> {
  await mkdir(folder);
  const program = join(import.meta.dirname, 'fixtures/service.ts');
  child = spawn(process.execPath, [program, held.stateFolder, folder, id], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await expect.poll(() => trace(folder), { timeout: 30_000 }).toContain('second begins');
}

async function killService(): Promise<void> {
  if (!child) throw new Error('No service was started.');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Changes when jobs say that they were queued. */
async function queueTimes(to: string, ids: string): Promise<void> {
  const client = new pg.Client({ connectionString: held.storage.connectionString });
  await client.connect();
  const sql = `UPDATE mcp_crafter_jobs.workflow_status SET created_at = ${to} WHERE workflow_uuid LIKE $1`;
  await client.query(sql, [ids]).finally(() => client.end());
}

describe('jobs', () => {
  it('[JOBS-1] [JOBS-6] go on after their last finished step when their service was killed', async () => {
    const folder = join(held.stateFolder, 'killed');
    await startService('build-kill', folder);
    await killService();
    expect(trace(folder)).toEqual(['first', 'refused', 'second begins']);
    writeFileSync(join(folder, 'go'), '');
    const here = await launched((made) => registerThree(made, folder));
    await here.start('three', 'build-kill', { word: 'hello' });
    await here.ended('build-kill');
    expect(trace(folder)).toEqual([
      'first',
      'refused',
      'second begins',
      'second begins',
      'second ends',
      'third hello PORT_TAKEN',
    ]);
    expect(await here.state('build-kill')).toBe('ended');
  });

  it('[KILLS-7] are given up when their service ended again and again during one step, and only then', async () => {
    const folder = join(held.stateFolder, 'hopeless');
    await startService('build-hopeless', folder);
    await killService();
    const client = new pg.Client({ connectionString: held.storage.connectionString });
    await client.connect();
    const table = 'mcp_crafter_jobs.workflow_status';
    const { rows } = await client.query(
      `SELECT recovery_attempts::int AS count FROM ${table} WHERE workflow_uuid = 'build-hopeless'`,
    );
    // Two steps were finished: what came before them does not count.
    expect(rows).toEqual([{ count: 0 }]);
    await client.query(`UPDATE ${table} SET recovery_attempts = 20 WHERE workflow_uuid = 'build-hopeless'`);
    await client.end();
    let refusal: unknown;
    const here = await launched((made) =>
      made.register('three', async (_input: unknown, { step }) => {
        for (const name of ['first', 'refused']) await step(name, async () => undefined).catch(() => undefined);
        await step('second', async () => undefined).catch((error: unknown) => (refusal = error));
      }),
    );
    await here.ended('build-hopeless');
    expect(refusal).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('20 times during "second"') });
  });

  it('[JOBS-7] are taken over from a service that dies while another one lives, and not before', async () => {
    const folder = join(held.stateFolder, 'taken');
    await startService('build-taken', folder);
    const here = await launched((made) => registerThree(made, folder));
    // Taken over already, it would begin its step at once.
    await sleep(500);
    expect(await here.state('build-taken')).toBe('running');
    expect(trace(folder)).toEqual(['first', 'refused', 'second begins']);
    await killService();
    writeFileSync(join(folder, 'go'), '');
    await here.ended('build-taken');
    expect(trace(folder).slice(3)).toEqual(['second begins', 'second ends', 'third hello PORT_TAKEN']);
  });

  it('[JOBS-2] happen once for one id, and end when they throw', async () => {
    let runs = 0;
    const here = await launched((made) =>
      made.register('once', async (input: { text: string }, { step }) => {
        runs++;
        expect(await step('echo', async () => ({ ...input }))).toEqual({ text: 'ü' });
        throw new CrafterError('BUILD_FAILED', 'No.', { hint: 'None.' });
      }),
    );
    await Promise.all([here.start('once', 'job-once', { text: 'ü' }), here.start('once', 'job-once', { text: 'ü' })]);
    await here.ended('job-once');
    await here.start('once', 'job-once', { text: 'other' });
    // Of the same key: when it has ended, all has run that was queued before it.
    await here.start('once', 'job-after', { text: 'ü' }, { key: 'job-once' });
    await here.ended('job-after');
    await here.ended('job-unknown');
    expect(runs).toBe(2);
    expect(await here.state('job-unknown')).toBeUndefined();
    expect(await here.cancel('job-once')).toBe(false);
  });

  it('[JOBS-3] run one after the other for one key, in order, and beside each other otherwise', async () => {
    const order: string[] = [];
    const meeting = Promise.withResolvers<void>();
    const here = await launched((made) =>
      made.register('keyed', async (input: { name: string }) => {
        order.push(`${input.name} begins`);
        if (input.name === 'a1') await meeting.promise;
        if (input.name === 'b1') meeting.resolve();
        order.push(`${input.name} ends`);
      }),
    );
    for (const name of ['a1', 'a2', 'a3', 'b1'])
      await here.start('keyed', `job-${name}`, { name }, { key: name.slice(0, 1) });
    for (const name of ['a1', 'a2', 'a3', 'b1']) await here.ended(`job-${name}`);
    expect(order.filter((line) => line.startsWith('a'))).toEqual([
      'a1 begins',
      'a1 ends',
      'a2 begins',
      'a2 ends',
      'a3 begins',
      'a3 ends',
    ]);
    expect(order.indexOf('b1 begins')).toBeLessThan(order.indexOf('a1 ends'));
  });

  it('[JOBS-3] run in the order they came, though they came at once, or the clock went back meanwhile', async () => {
    const order: number[] = [];
    const queued = Promise.withResolvers<void>();
    const here = await launched((made) =>
      made.register('many', async ({ index }: { index: number }) => {
        order.push(index);
        if (index === 0) await queued.promise;
      }),
    );
    const all = Array.from({ length: 16 }, (_, index) => index);
    // Ids in another order than the jobs.
    const id = (index: number) => `job-many-${99 - index}`;
    await Promise.all(all.map((index) => here.start('many', id(index), { index }, { key: 'many' })));
    await queueTimes('created_at - 1000 * (99 - right(workflow_uuid, 2)::int)', 'job-many-%');
    queued.resolve();
    for (const index of all) await here.ended(id(index));
    expect(order).toEqual(all);
  });

  it('[JOBS-9] of many keys begin in the order they came, as many at once as there are places', async () => {
    const places = 2;
    const begun: number[] = [];
    let [running, most] = [0, 0];
    const here = await launched(
      (made) =>
        made.register('fair', async ({ index }: { index: number }, { step }) => {
          begun.push(index);
          most = Math.max(most, ++running);
          await step('work', () => sleep(10));
          running--;
        }),
      { places },
    );
    const all = Array.from({ length: 24 }, (_, index) => index);
    const id = (index: number) => `job-fair-${String(index).padStart(2, '0')}`;
    // The keys stand in another order than the jobs.
    for (const index of all) await here.start('fair', id(index), { index }, { key: `key-${(index * 7) % all.length}` });
    for (const index of all) await here.ended(id(index));
    expect(begun.toSorted((a, b) => a - b)).toEqual(all);
    expect(begun.filter((index, at) => Math.abs(index - at) >= places)).toEqual([]);
    expect(most).toBe(places);
  });

  it('[JOBS-4] are cancelled: a running one by its signal, a waiting one before it runs', async () => {
    const seen: string[] = [];
    const here = await launched((made) =>
      made.register('long', async (input: { name: string }, { step, signal }) => {
        seen.push(input.name);
        await step('wait', () => sleep(5000, undefined, { signal })).catch((error: CrafterError) =>
          seen.push(error.code),
        );
        await step('never', async () => seen.push('never')).catch((error: CrafterError) => seen.push(error.code));
      }),
    );
    await here.start('long', 'job-running', { name: 'running' }, { key: 'k' });
    await here.start('long', 'job-waiting', { name: 'waiting' }, { key: 'k' });
    await expect.poll(() => seen, { timeout: 30_000 }).toEqual(['running']);
    expect(await here.state('job-running')).toBe('running');
    expect(await here.state('job-waiting')).toBe('queued');
    expect(await here.cancel('job-waiting')).toBe(true);
    expect(await here.cancel('job-running')).toBe(true);
    await Promise.all([here.ended('job-running'), here.ended('job-waiting')]);
    expect(seen).toEqual(['running', 'CANCELLED', 'CANCELLED']);
    expect(await here.cancel('job-unknown')).toBe(false);
  });

  it('[JOBS-5] are stopped by closing, not ended, and go on at the next start', async () => {
    const seen: string[] = [];
    const register = (made: Jobs) =>
      made.register('closing', async (_input: unknown, { step, signal }) => {
        await step('one', async () => seen.push('one'));
        await step('two', async () => {
          seen.push('two');
          if (seen.includes('stopped')) return;
          await sleep(60_000, undefined, { signal }).finally(() => seen.push('stopped'));
        }).catch(() => seen.push('must not be seen'));
        seen.push('end');
      });
    const first = await launched(register);
    await first.start('closing', 'job-closing', {});
    await expect.poll(() => seen, { timeout: 30_000 }).toContain('two');
    const waiting = expect(first.ended('job-closing')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await first.close();
    await waiting;
    await expect(first.start('closing', 'job-late', {})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    const second = await launched(register);
    await second.ended('job-closing');
    expect(seen).toEqual(['one', 'two', 'stopped', 'two', 'end']);
  });
});
