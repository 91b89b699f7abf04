import { describe, expect, it } from 'vitest';
import { createEvents } from '../events/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Secrets } from '../secrets/index.ts';
import { withStorage } from '../storage/testing.ts';
import { progressOf } from './progress.ts';
import { settleLost } from './queue.ts';

const held = withStorage();

async function recorded(id: string, createdAt = '2026-03-01T10:20:30.456Z') {
  const { builds } = held.storage;
  const queued = { server: id, version: '1.0.0', status: 'queued', fraction: 0, message: 'Queued.' } as const;
  await builds.create({ id, ...queued, createdAt }, false);
  const success = { status: 'success', fraction: 1, message: 'Ready.' } as const;
  return { end: () => builds.update(id, success), now: async () => (await builds.get(id))?.status, builds };
}

describe('a build that has ended', () => {
  it('[KILLS-12] is not told as running by what is said of its progress late', async () => {
    const { end, now } = await recorded('build-late');
    const updated = Promise.withResolvers<void>();
    const { update } = held.storage.builds;
    const builds = {
      ...held.storage.builds,
      update: (...words: Parameters<typeof update>) => update(...words).finally(updated.resolve),
    };
    await end();
    progressOf({ events: createEvents(), storage: { ...held.storage, builds } }, 'build-late')(
      'deploy',
      'Registering it.',
    );
    await updated.promise;
    expect(await now()).toBe('success');
  });

  it('[KILLS-12] while it is looked for lost ones stays as it ended', async () => {
    const { end, now } = await recorded('build-ends');
    // It ends at the moment at which it is asked how its job is.
    const state = async (id: string) => (id === 'build-ends' ? end().then(() => 'ended') : 'running');
    const jobs = { state } as unknown as Jobs;
    const secrets = { deleteAll: async () => undefined } as unknown as Secrets;
    await settleLost({ storage: held.storage, secrets, events: createEvents(), jobs }, Date.now(), true);
    expect(await now()).toBe('success');
  });
});

it('[KILLS-8] a build that another service has yet to queue is not taken for lost, also where that meets a lost connection', async () => {
  const { now } = await recorded('build-waits', new Date(Date.now() - 40_000).toISOString());
  let asked = 0;
  const state = async (id: string) => (id === 'build-waits' && asked++ === 0 ? undefined : 'queued');
  const jobs = { state } as unknown as Jobs;
  const secrets = { deleteAll: async () => undefined } as unknown as Secrets;
  await settleLost({ storage: held.storage, secrets, events: createEvents(), jobs }, Date.now(), false);
  expect(await now()).toBe('queued');
}, 30_000);
