import { CrafterError } from '../errors.ts';
import type { ServerRecord } from '../storage/index.ts';
import { openFront } from './front.ts';
import { keepTraffic } from './keep-traffic.ts';
import { createPost } from './post.ts';
import type { Post, Watch } from './post.ts';
import type { Roster } from './roster.ts';
import { createTurns } from './turns.ts';
import type { Fleet, FleetState, Launch, LogBook } from './types.ts';

const stopped: FleetState = { status: 'stopped', restarts: 0 };

interface Opening {
  /** Tries again later instead of rejecting. */
  readonly patient?: boolean;
  /** Another service that runs it is to let go. */
  readonly ask?: boolean;
}

/** @param launch starts one instance; supervision, address and connection are the fleet's. */
export function createFleet(launch: Launch, logs: LogBook, roster: Roster, watch?: Watch): Fleet {
  const posts = new Map<string, Post>();
  const { inTurn, names } = createTurns();
  const traffic = keepTraffic(roster, () => [...posts].map(([name, post]) => [name, post.state().traffic] as const));
  let closed = false;

  const open = async (record: ServerRecord, { patient = false, ask = false }: Opening = {}): Promise<FleetState> => {
    if (closed) throw closing();
    const kept = await roster.take(record.name, ask);
    let post: Post | undefined;
    try {
      const front = await frontOf(record, kept.port, () => post?.socket());
      post = createPost(record, front, launch, (line) => logs.append(record.name, line), kept.traffic, watch);
      await post.begin(patient).catch((error: unknown) => {
        front.close();
        throw error;
      });
      if (front.port !== kept.port) await roster.note(record.name, { port: front.port });
    } catch (error) {
      // Where it ran and goes on so, it stays this service's.
      if (!posts.has(record.name)) await roster.yield(record.name).catch(() => undefined);
      throw error;
    }
    posts.set(record.name, post);
    return post.state();
  };

  const end = async (name: string): Promise<void> => {
    const post = posts.get(name);
    posts.delete(name);
    if (post === undefined) return;
    await Promise.all([traffic.note(name, post.state().traffic), post.end()]);
  };

  const start = async (record: ServerRecord, ask: boolean): Promise<FleetState> => {
    const post = posts.get(record.name);
    const moves = record.port !== undefined && post?.port !== record.port;
    if (post !== undefined && !moves && post.artifact() === record.artifact && post.state().status === 'running')
      return post.state();
    // Another port may be taken: the server keeps its own until it answers there.
    if (!moves) await end(record.name);
    const state = await open(record, { ask });
    if (moves) await post?.end();
    return state;
  };

  return {
    logs,
    start: (record, { ask = false } = {}) => inTurn(record.name, () => start(record, ask)),
    resume: (record) =>
      inTurn(record.name, async () => posts.get(record.name)?.state() ?? open(record, { patient: true })),
    replace: (record) =>
      inTurn(record.name, async () => {
        const post = posts.get(record.name);
        if (post === undefined) return open(record);
        await post.replace(record);
        return post.state();
      }),
    restart: (record) => inTurn(record.name, () => end(record.name).then(() => open(record))),
    stop: (name) => inTurn(name, () => end(name).then(() => roster.leave(name))),
    yield: (name) => inTurn(name, () => end(name).then(() => roster.yield(name))),
    running: () => [...posts.keys()],
    elsewhere: () => roster.elsewhere(),
    state: (name) => posts.get(name)?.state() ?? stopped,
    connection: async (name) => posts.get(name)?.connection(),
    close: async () => {
      closed = true;
      traffic.stop();
      await Promise.all(names().map((name) => inTurn(name, () => end(name))));
    },
  };
}

/** The wished port or none; without a wish the last one, so that clients find it again, or any. */
function frontOf(
  { port }: ServerRecord,
  last: number | undefined,
  behind: () => string | undefined,
): ReturnType<typeof openFront> {
  return openFront(port ?? last ?? 0, behind).catch((error: unknown) => {
    if (port !== undefined || !(error instanceof CrafterError)) throw error;
    return openFront(0, behind);
  });
}

function closing(): CrafterError {
  return new CrafterError('SERVICE_UNAVAILABLE', 'The service is closing.', {
    hint: 'Try again: the next command starts it, and its servers with it.',
  });
}
