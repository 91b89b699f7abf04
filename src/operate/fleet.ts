import { CrafterError } from '../errors.ts';
import type { ServerRecord } from '../storage/index.ts';
import { openFront } from './front.ts';
import { createPost } from './post.ts';
import type { Post } from './post.ts';
import type { Fleet, FleetState, Launch, LogBook } from './types.ts';

const stopped: FleetState = { status: 'stopped', restarts: 0 };

/** @param launch starts one instance; supervision, address and connection are the fleet's. */
export function createFleet(launch: Launch, logs: LogBook): Fleet {
  const posts = new Map<string, Post>();
  const turns = new Map<string, Promise<unknown>>();
  /** Port a server had last, so that clients find it again after a stop. */
  const lastPorts = new Map<string, number>();
  let closed = false;

  /** One operation on a server after the other. */
  const inTurn = <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(work, work);
    turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };

  const open = async (record: ServerRecord, patient = false): Promise<FleetState> => {
    if (closed) throw closing();
    const wished = record.port ?? 0;
    let post: Post | undefined;
    const behind = (): string | undefined => post?.socket();
    const front = await openFront(wished || (lastPorts.get(record.name) ?? 0), behind).catch((error: unknown) => {
      if (wished !== 0 || !(error instanceof CrafterError)) throw error;
      return openFront(0, behind);
    });
    post = createPost(record, front, launch, (line) => logs.append(record.name, line));
    try {
      await post.begin(patient);
    } catch (error) {
      front.close();
      throw error;
    }
    lastPorts.set(record.name, front.port);
    posts.set(record.name, post);
    return post.state();
  };

  const end = async (name: string): Promise<void> => {
    const post = posts.get(name);
    posts.delete(name);
    await post?.end();
  };

  return {
    logs,
    start: (record) =>
      inTurn(record.name, async () => {
        const post = posts.get(record.name);
        const moves = record.port !== undefined && post?.port !== record.port;
        if (post !== undefined && !moves && post.artifact() === record.artifact && post.state().status === 'running')
          return post.state();
        // Another port may be taken: the server keeps its own until it answers there.
        if (!moves) await end(record.name);
        const state = await open(record);
        if (moves) await post?.end();
        return state;
      }),
    resume: (record) => inTurn(record.name, async () => posts.get(record.name)?.state() ?? open(record, true)),
    replace: (record) =>
      inTurn(record.name, async () => {
        const post = posts.get(record.name);
        if (post === undefined) return open(record);
        await post.replace(record);
        return post.state();
      }),
    stop: (name) => inTurn(name, () => end(name)),
    state: (name) => posts.get(name)?.state() ?? stopped,
    connection: async (name) => posts.get(name)?.connection(),
    close: async () => {
      closed = true;
      await Promise.all([...turns.keys()].map((name) => inTurn(name, () => end(name))));
    },
  };
}

function closing(): CrafterError {
  return new CrafterError('SERVICE_UNAVAILABLE', 'The service is closing.', {
    hint: 'Try again: the next command starts it, and its servers with it.',
  });
}
