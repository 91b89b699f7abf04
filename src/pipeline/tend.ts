import { setTimeout as sleep } from 'node:timers/promises';
import type { Crafter } from '../crafter.ts';
import { toCrafterError } from '../errors.ts';
import type { PostRecord } from '../storage/index.ts';
import { deployableOf } from './launch.ts';
import { sayOf } from './say.ts';

/** How often a service looks after what the others of its database do, in milliseconds. */
const lookMilliseconds = 2000;
/** How long one that could not run a server leaves it to others, in milliseconds. */
const pauseMilliseconds = 60_000;

/**
 * Starts the servers that are to run and that no living service runs. One that shares its database (not `alone`) goes on looking
 * for them, ends those that another one runs or asks for, and leaves alone for a while what it cannot run, for want of bundle or
 * secrets.
 */
export function createTending(crafter: Crafter, own: string, alone: boolean) {
  const left = new Map<string, number>();

  const isOwn = (post: PostRecord | undefined): boolean =>
    post?.service === own && (post.asked === undefined || post.asked === own);

  async function letGo(): Promise<void> {
    const posts = new Map((await crafter.storage.posts.list()).map((post) => [post.server, post]));
    for (const name of crafter.fleet.running()) {
      // What was listed may be older than a start.
      if (isOwn(posts.get(name)) || isOwn(await crafter.storage.posts.get(name))) continue;
      await crafter.fleet.yield(name);
    }
  }

  /** Names of servers that are to run and that no other service runs or asks for. */
  async function untended(): Promise<string[]> {
    const others = (await crafter.storage.posts.list()).filter(
      ({ service, alive, asked = own }) => asked !== own || (alive && service !== own),
    );
    const taken = new Set(others.map(({ server }) => server));
    const servers = await crafter.storage.servers.list();
    return servers.flatMap(({ name, desired, artifact }) =>
      desired === 'running' && artifact !== undefined && !taken.has(name) ? [name] : [],
    );
  }

  async function takeUp(signal?: AbortSignal): Promise<void> {
    const running = new Set(crafter.fleet.running());
    for (const name of await untended()) {
      if (signal?.aborted || running.has(name) || (left.get(name) ?? 0) > performance.now()) continue;
      const record = await crafter.storage.servers.get(name);
      if (record === undefined) continue;
      try {
        // Alone, it is tried again and again; else another service may be able to.
        if (!alone) await deployableOf(crafter, record);
        await crafter.fleet.resume(record);
      } catch (error) {
        const { code, message } = toCrafterError(error);
        left.set(name, performance.now() + pauseMilliseconds);
        if (code !== 'SERVICE_UNAVAILABLE' && code !== 'CONFLICT') sayOf(crafter, name, message);
      }
    }
  }

  return {
    takeUp,
    /** Until the signal ends. */
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        // Without a database there is nothing to look at; it comes back.
        await letGo().catch(() => undefined);
        await takeUp(signal).catch(() => undefined);
        await sleep(lookMilliseconds, undefined, { signal, ref: false }).catch(() => undefined);
      }
    },
  };
}
