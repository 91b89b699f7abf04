import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { callService, serviceHealth } from '../../src/service/index.ts';
import { productCommand } from './product.ts';

/** A service in a process of its own, of a state folder that the trial made. */
export interface ServiceProcess {
  readonly pid: number;
  /** What it wrote so far on its own terminal. */
  said(): string;
  call<T = Record<string, unknown>>(operation: string, input: object): Promise<T>;
  /** Ends it as `serve --stop` does, by SIGTERM; gives its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export interface ServiceOptions {
  readonly around?: readonly string[];
  /** Words after `serve`. */
  readonly words?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly view?: (pid: number) => string;
}

/**
 * Starts `mcp-crafter serve` and waits until it answers.
 * @param around words before the command, such as `prlimit --nofile=1024`; what they start must take their place (exec).
 * @param view the state folder as the test sees it, when the service sees another file system.
 * @throws Error with what it said when it ends instead.
 */
export async function startService(
  stateFolder: string,
  { around = [], words: after = [], env = {}, view }: ServiceOptions = {},
): Promise<ServiceProcess> {
  const [program = '', ...words] = [...around, productCommand, 'serve', ...after];
  const child = spawn(program, words, {
    env: { ...process.env, MCP_CRAFTER_HOME: stateFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  const seen = view?.(child.pid as number) ?? stateFolder;
  while ((await serviceHealth(seen))?.pid !== child.pid) {
    if (!alive()) {
      await ended;
      throw new Error(`The service ended (${child.exitCode ?? child.signalCode}): ${said}`);
    }
    await sleep(10);
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (alive()) child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid as number,
    said: () => said,
    call: async (operation, input) => (await callService(seen, operation, input)) as never,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** A service's process, all that come from it, and its state folder's database. */
export function processesOf(service: number, stateFolder: string): number[] {
  const parents = new Map<number, number>();
  const roots = new Set([service]);
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')')).split(' ')[2]));
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      if (/\/postgres\0-D\0/.test(command) && command.includes(`${stateFolder}/`)) roots.add(Number(entry));
    } catch {
      // It has ended.
    }
  }
  const belongs = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (roots.has(pid) || belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
}

/** Proportional memory of processes, in bytes. */
export function memoryOf(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024;
}

/** Processor time that a process has used, in seconds (proc(5): utime and stime in ticks of 10 ms). */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')')).split(' ');
  return (Number(fields[12]) + Number(fields[13])) / 100;
}
