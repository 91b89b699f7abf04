import type { McpConnection } from '../client/index.ts';
import { toCrafterError } from '../errors.ts';
import { usualMaxSeconds } from '../spec/index.ts';
import type { Instance, Traffic } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { backoff, stableMilliseconds } from './backoff.ts';
import type { Front } from './front.ts';
import { answerMilliseconds, connectTo, isAlive, untilHealthy } from './health.ts';
import { sumTraffic } from './sum-traffic.ts';
import type { FleetState, Launch } from './types.ts';

/** How a running server is watched. */
export interface Watch {
  /** How often it is asked who it is, and how long its answer may take. */
  readonly everyMilliseconds: number;
  readonly answerMilliseconds: number;
  /** After a silence it is asked again so soon. */
  readonly soonMilliseconds: number;
}

const usual: Watch = { everyMilliseconds: 60_000, answerMilliseconds, soonMilliseconds: 5000 };
/** So many silences in a row end it, when they last longer than a call of it may: what computes hears nothing meanwhile. */
const silences = 3;

interface Duty {
  readonly instance: Instance;
  readonly since: number;
  connection: Promise<McpConnection>;
  relieved: boolean;
}

/** One server's place in the fleet: an address, and an instance behind it that is replaced when it ends. */
export interface Post {
  readonly port: number;
  socket(): string | undefined;
  artifact(): string | undefined;
  state(): FleetState;
  /** @param patient tries again later instead of rejecting. */
  begin(patient: boolean): Promise<void>;
  replace(record: ServerRecord): Promise<void>;
  connection(): Promise<McpConnection | undefined>;
  end(): Promise<void>;
}

/** @param before what earlier runs of the server exchanged. */
export function createPost(
  first: ServerRecord,
  front: Front,
  launch: Launch,
  log: (line: string) => void,
  before?: Traffic,
  { everyMilliseconds, answerMilliseconds: answer, soonMilliseconds }: Watch = usual,
): Post {
  let record = first;
  let duty: Duty | undefined;
  let failures = 0;
  let restarts = 0;
  let problem: string | undefined;
  let ended = false;
  let restart: NodeJS.Timeout | undefined;
  let missed = 0;
  let silentSince = 0;
  /** Of instances that have ended. */
  let earlier = before;
  /** The instance that is being started in place of one that ended. */
  let coming: Promise<unknown> = Promise.resolve();

  const say = (level: string, message: string): void =>
    log(JSON.stringify({ time: new Date().toISOString(), level, message, source: 'mcp-crafter' }));

  const enlist = async (next: ServerRecord): Promise<Duty> => {
    const instance = await launch(next);
    const connection = await untilHealthy(next.name, instance);
    return { instance, since: performance.now(), connection: Promise.resolve(connection), relieved: false };
  };

  const take = (next: Duty): void => {
    duty = next;
    problem = undefined;
    missed = 0;
    void next.instance.exited.then(({ code, signal, endedBy }) => {
      earlier = sumTraffic(earlier, next.instance.traffic?.());
      if (next.relieved || ended) return;
      duty = undefined;
      if (performance.now() - next.since > stableMilliseconds) failures = 0;
      const limit = endedBy === 'memory' ? ': it took more memory than it may' : '';
      again(`it ended (${code === null ? signal : `exit code ${code}`}${limit})`);
    });
  };

  const again = (why: string): void => {
    const wait = backoff(failures++);
    problem = `${why}; restarted ${wait === 0 ? 'at once' : `in ${wait / 1000} s`}`;
    say('error', `${record.name}: ${problem}`);
    const expected = record;
    // A replacement or the end may come while the next instance starts.
    const overtaken = (): boolean => ended || record !== expected;
    restart = setTimeout(() => {
      restarts++;
      coming = enlist(expected).then(
        (next) => (overtaken() ? next.instance.stop() : take(next)),
        (error: unknown) => void (overtaken() || again(toCrafterError(error).message)),
      );
    }, wait);
  };

  const traffic = (): { traffic?: Traffic } => {
    const sum = sumTraffic(earlier, duty?.instance.traffic?.());
    return sum === undefined ? {} : { traffic: sum };
  };

  const relieve = async (old: Duty | undefined): Promise<void> => {
    if (old === undefined) return;
    old.relieved = true;
    await old.connection.then((connection) => connection.close()).catch(() => undefined);
    await old.instance.stop();
  };

  const look = async (): Promise<void> => {
    const watched = duty;
    if (watched === undefined) return;
    const asked = performance.now();
    try {
      await isAlive(watched.instance, answer);
      missed = 0;
    } catch (error) {
      if (missed === 0) silentSince = asked;
      const bearable = (record.blueprint.limits.maxSeconds ?? usualMaxSeconds) * 1000 + answer;
      if (watched !== duty || ++missed < silences || performance.now() - silentSince < bearable) return;
      missed = 0;
      say('error', `${record.name} does not answer: ${toCrafterError(error).message}`);
      void watched.instance.stop();
    }
  };
  let watch: NodeJS.Timeout | undefined;
  const watchOn = (): void => {
    if (ended) return;
    watch = setTimeout(() => void look().then(watchOn), missed === 0 ? everyMilliseconds : soonMilliseconds).unref();
  };
  watchOn();

  return {
    port: front.port,
    socket: () => duty?.instance.socketPath,
    artifact: () => record.artifact,
    state: () => ({
      status: duty === undefined ? 'unhealthy' : 'running',
      restarts,
      ...traffic(),
      url: `http://127.0.0.1:${front.port}/mcp`,
      ...(duty?.instance.token === undefined ? {} : { token: duty.instance.token }),
      ...(problem === undefined ? {} : { problem }),
    }),
    begin: (patient) =>
      enlist(record).then(take, (error: unknown) => {
        if (!patient) throw error;
        again(toCrafterError(error).message);
      }),
    replace: async (next) => {
      const fresh = await enlist(next);
      clearTimeout(restart);
      const old = duty;
      record = next;
      failures = 0;
      take(fresh);
      await relieve(old);
    },
    connection: async () => (duty === undefined ? undefined : connectionOf(duty)),
    end: async () => {
      ended = true;
      clearTimeout(restart);
      clearTimeout(watch);
      front.close();
      await Promise.all([relieve(duty), coming]);
    },
  };
}

/** The shared connection; a broken one is made anew. */
async function connectionOf(duty: Duty): Promise<McpConnection> {
  duty.connection = duty.connection.catch(() => connectTo(duty.instance));
  return duty.connection;
}
