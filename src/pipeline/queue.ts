import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import type { Events } from '../events/index.ts';
import { silenceMilliseconds } from '../jobs/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Build } from '../spec/index.ts';
import type { Storage } from '../storage/index.ts';
import { sealFor, stagedFor } from './secrets.ts';
import { lastStage } from './progress.ts';
import type { BuildOrder, Waiting } from './types.ts';

export interface QueueParts {
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly events: Events;
  readonly jobs: Jobs;
}

/** Records and enqueues a build. Secrets are sealed first: the job's input is stored. */
export async function orderBuild(
  parts: QueueParts,
  order: BuildOrder,
  secrets: Readonly<Record<string, string>>,
): Promise<Build> {
  const build: Build = {
    id: order.build,
    server: order.blueprint.name,
    version: order.blueprint.version,
    status: 'queued',
    fraction: 0,
    message: 'Waiting for its turn.',
    createdAt: new Date().toISOString(),
  };
  await parts.storage.builds.create(build, order.mode === 'create');
  try {
    await sealFor(parts.secrets, stagedFor(order.build), secrets);
    // As one text: orders hold megabytes, and the engine walks through everything else value by value.
    await parts.jobs.start('build', order.build, JSON.stringify(order), { key: order.blueprint.name });
  } catch (error) {
    await endBuild(parts, order.build, 'failed', 'It could not be queued.');
    throw error;
  }
  return build;
}

/** The order that a job was started with; jobs from before an update hold it as it is. */
export function orderOf(input: string | BuildOrder): BuildOrder {
  return typeof input === 'string' ? (JSON.parse(input) as BuildOrder) : input;
}

/**
 * The build when it has ended.
 * @throws CrafterError CANCELLED when the caller goes away; the build goes on.
 */
export async function waitForBuild(parts: QueueParts, id: string, { signal, progress }: Waiting): Promise<Build> {
  const over = new AbortController();
  const told = Promise.withResolvers<void>();
  const relay = (async () => {
    for await (const event of parts.events.subscribe(id, AbortSignal.any([signal, over.signal]))) {
      progress(event);
      if (event.stage === lastStage) told.resolve();
    }
  })();
  const left = new Promise<never>((_, reject) => {
    const leave = (): void => reject(goesOn(id));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    await Promise.race([told.promise, parts.jobs.ended(id), left]);
  } finally {
    over.abort();
    await relay;
  }
  return settle(parts, id);
}

function goesOn(id: string): CrafterError {
  return new CrafterError('CANCELLED', `${id} goes on without you.`, {
    hint: `See how it stands with: mcp-crafter status ${id}`,
  });
}

export async function cancelBuild(parts: QueueParts, id: string): Promise<void> {
  const waited = (await parts.jobs.state(id)) === 'queued';
  if (!(await parts.jobs.cancel(id))) return;
  if (waited) await endBuild(parts, id, 'cancelled', 'Cancelled before it began.');
  await parts.jobs.ended(id);
}

/** A service that shares the database may be about to queue what it has recorded, this long, also on a connection that is lost. */
const queueing = silenceMilliseconds + 15_000;

/**
 * Closes builds that were recorded before this service began and that no job works on: their service was killed
 * before it had queued them, or their job ended without a word.
 */
export async function settleLost(parts: QueueParts, began: number, alone: boolean): Promise<void> {
  for (const { id, createdAt } of await parts.storage.builds.list({ unfinished: true })) {
    const recorded = Date.parse(createdAt);
    if (recorded >= began) continue;
    const left = Math.min(queueing, recorded + queueing - Date.now());
    if (!alone && left > 0 && (await parts.jobs.state(id)) === undefined) await sleep(left, undefined, { ref: false });
    await settle(parts, id);
  }
}

/** Closes the record of a build whose job ended without a word. */
async function settle(parts: QueueParts, id: string): Promise<Build> {
  // Asked first: when the job has ended, what the record says then is the last word.
  const state = await parts.jobs.state(id);
  const build = await parts.storage.builds.get(id);
  if (build === undefined)
    throw new CrafterError('NOT_FOUND', `There is no build "${id}".`, {
      hint: 'It may have been removed with its server.',
    });
  if (build.status !== 'queued' && build.status !== 'running') return build;
  if (state !== undefined && state !== 'ended') return build;
  const error = new CrafterError('INTERNAL', 'The build ended without a result.', {
    hint: 'Run it again; the log of the service says more.',
  });
  const change = {
    status: 'failed',
    message: error.message,
    error: error.toJSON() as NonNullable<Build['error']>,
  } as const;
  await parts.storage.builds.update(id, { ...change, finishedAt: new Date().toISOString() });
  await parts.secrets.deleteAll(stagedFor(id));
  return { ...build, ...change };
}

async function endBuild(parts: QueueParts, id: string, status: 'failed' | 'cancelled', message: string): Promise<void> {
  await parts.storage.builds.update(id, { status, message, finishedAt: new Date().toISOString() });
  await parts.secrets.deleteAll(stagedFor(id));
}
