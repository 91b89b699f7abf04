import { getPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build, ProgressEvent } from '../../src/index.ts';
import { callService } from '../../src/service/index.ts';
import { memoryOf, processesOf, type ServiceProcess } from './service-process.ts';

export interface Load {
  /** Builds ordered and waited for at once, and builds ordered behind them. */
  readonly atOnce: number;
  readonly queued: number;
}

export interface LoadFigures {
  readonly seconds: number;
  readonly succeeded: number;
  readonly failures: readonly string[];
  /** What is wrong with what the waiting callers were told; empty when all of it was true. */
  readonly untrue: readonly string[];
  /** Most memory of service, sandboxes and database together, in bytes (PSS). */
  readonly peakBytes: number;
  /** Longest and median time that a listing took meanwhile, in milliseconds. */
  readonly longestList: number;
  readonly medianList: number;
  /** Programs of builds that were seen, and those of them that ran at the user's own priority. */
  readonly seen: number;
  readonly pressing: number;
}

/** Many builds at once on a running service, each of code of its own, and a look at the machine meanwhile. */
export async function tryLoad(service: ServiceProcess, stateFolder: string, load: Load): Promise<LoadFigures> {
  const began = performance.now();
  const watch = watchMachine(service, stateFolder);
  const told = Array.from({ length: load.atOnce }, (_, index) => createTold(stateFolder, `at-once-${index}`));
  for (let from = 0; from < load.queued; from += 20) {
    const group = Array.from({ length: Math.min(20, load.queued - from) }, (_, index) =>
      service.call('create_mcp_server', { ...form(`queued-${from + index}`), start: false }),
    );
    await Promise.all(group);
  }
  const untrue = (await Promise.all(told)).flat();
  const names = Array.from({ length: load.queued }, (_, index) => `queued-${index}`);
  const ends: Build[] = [];
  for (const build of names) ends.push(await service.call<Build>('get_build_status', { build, wait: true }));
  const failures = ends.filter(({ status }) => status !== 'success').map(({ server, message }) => `${server}: ${message}`);
  const { servers } = await service.call<{ servers: unknown[] }>('list_servers', {});
  return { seconds: (performance.now() - began) / 1000, succeeded: servers.length, failures, untrue, ...(await watch()) };
}

/** Creates a server, waiting, and gives what was not true of what it was told. */
async function createTold(stateFolder: string, name: string): Promise<string[]> {
  const events: ProgressEvent[] = [];
  const onLine = (line: object): void => void ('event' in line && events.push(line.event as ProgressEvent));
  const input = { ...form(name), start: false, wait: true };
  const { status, message } = (await callService(stateFolder, 'create_mcp_server', input, { onLine })) as Build;
  const fractions = events.map(({ fraction }) => fraction);
  const stages = [...new Set(events.map(({ stage }) => stage))];
  const order = ['resolve', 'generate', 'verify', 'package', 'deploy', 'done'];
  return [
    ...(status === 'success' ? [] : [`${name}: ${message}`]),
    ...(fractions.every((each, at) => at === 0 || each >= (fractions[at - 1] ?? 0)) ? [] : [`${name}: went back`]),
    ...(stages.join() === order.join() ? [] : [`${name}: was told ${stages.join()}`]),
  ];
}

function watchMachine(service: ServiceProcess, stateFolder: string): () => Promise<Omit<LoadFigures, 'seconds' | 'succeeded' | 'failures' | 'untrue'>> {
  const over = new AbortController();
  const lists: number[] = [];
  const niceness = new Map<number, number>();
  let peakBytes = 0;
  const watching = (async () => {
    while (!over.signal.aborted) {
      const pids = processesOf(service.pid, stateFolder);
      peakBytes = Math.max(peakBytes, memoryOf(pids));
      const apart = new Set([service.pid, ...processesOf(0, stateFolder)]);
      for (const pid of pids) if (!apart.has(pid)) niceness.set(pid, nicenessOf(pid));
      const start = performance.now();
      await service.call('list_servers', {});
      lists.push(performance.now() - start);
      await sleep(200);
    }
  })();
  return async () => {
    over.abort();
    await watching;
    const sorted = lists.toSorted((a, b) => a - b);
    return {
      peakBytes,
      longestList: sorted.at(-1) ?? 0,
      medianList: sorted[Math.floor(sorted.length / 2)] ?? 0,
      seen: niceness.size,
      pressing: [...niceness.values()].filter((nice) => nice < 5).length,
    };
  };
}

function nicenessOf(pid: number): number {
  try {
    return getPriority(pid);
  } catch {
    // It has ended.
    return 19;
  }
}

/** One tool whose code is no other server's, so that nothing of it is found again. */
function form(name: string): Record<string, unknown> {
  return {
    server_name: name,
    description: 'Words.',
    custom_tools: [
      {
        name: 'get_word',
        description: 'Returns a word with a mark. It does not store it.',
        parameters: { word: { type: 'string', description: 'Any word.', maxLength: 100 } },
        implementation: `return { word: word + ' of ${name}' };`,
        examples: [{ arguments: { word: 'tree' } }],
      },
    ],
  };
}
