import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';
import type { PostRecord, ServiceName, Storage } from '../storage/index.ts';

export type Kept = Pick<PostRecord, 'port' | 'traffic'>;

/** Which service runs which server, and what outlasts the process of either. */
export interface Roster {
  /**
   * Makes this service the one that runs a server; gives what was kept of it.
   * @param ask the service that runs it now is to let go.
   * @throws CrafterError CONFLICT when another living service runs it.
   */
  take(server: string, ask: boolean): Promise<Kept>;
  /** This service runs it no more, and neither does another, which is asked to let go. @throws CrafterError CONFLICT when it does not. */
  leave(server: string): Promise<void>;
  /** This service runs it no more; whoever asked for it may. */
  yield(server: string): Promise<void>;
  note(server: string, kept: Kept): Promise<void>;
  /** Labels of other living services, by the names of the servers that they run. */
  elsewhere(): Promise<ReadonlyMap<string, string>>;
}

/** How often another service is looked at that was asked to let go, and how long; in milliseconds. */
const lookMilliseconds = 250;
const patience = 20_000;

/** @param own this service; it is the only one of its database where `alone`. */
export function openRoster(posts: Storage['posts'], own: ServiceName, alone: boolean): Roster {
  const otherOf = (post: PostRecord | undefined): string | undefined =>
    post?.service === undefined || post.service === own.id || !post.alive
      ? undefined
      : (post.label ?? 'another service');

  /** True when nobody else runs it then. */
  const letGo = async (server: string): Promise<boolean> => {
    if (otherOf(await posts.get(server)) === undefined) return true;
    await posts.ask(server, own.id);
    for (const end = performance.now() + patience; performance.now() < end; await sleep(lookMilliseconds))
      if (otherOf(await posts.get(server)) === undefined) return true;
    await posts.ask(server);
    return false;
  };

  return {
    async take(server, ask) {
      if (ask) await letGo(server);
      await posts.claim(server, own);
      const post = await posts.get(server);
      if (post?.service !== own.id) throw runsElsewhere(server, otherOf(post) ?? 'another service');
      return post;
    },
    async leave(server) {
      await posts.release(server, own.id);
      if (alone) return;
      const gone = await letGo(server);
      if (!gone) throw runsElsewhere(server, otherOf(await posts.get(server)) ?? 'another service');
      await posts.ask(server);
      await posts.release(server, own.id);
    },
    yield: (server) => posts.release(server, own.id),
    note: (server, kept) => posts.note(server, kept),
    async elsewhere() {
      const others = alone ? [] : await posts.list();
      return new Map(
        others.flatMap((post) => (otherOf(post) === undefined ? [] : [[post.server, otherOf(post) ?? '']])),
      );
    },
  };
}

function runsElsewhere(server: string, label: string): CrafterError {
  return new CrafterError('CONFLICT', `${server} runs in another service of this database: ${label}.`, {
    hint: `Ask that service; or move it here: mcp-crafter stop ${server}, then mcp-crafter start ${server}.`,
  });
}
