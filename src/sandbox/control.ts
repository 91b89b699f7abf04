import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlGroup } from './control-group.ts';
import { childrenOf, treeMemory } from './tree.ts';
import type { ExitInfo, SandboxOptions, SandboxedProcess } from './types.ts';

const DEFAULT_GRACE = 3000;

export interface Control {
  /** The process group's leader; killing it ends everything inside. */
  readonly child: ChildProcess;
  /** How many processes stand between the child and the program; undefined: the child is the program. */
  readonly depth?: number;
  readonly group?: ControlGroup;
}

/** What has been started, whatever holds it. */
export interface Started extends Pick<SandboxedProcess, 'pid' | 'stdin' | 'stdout' | 'stderr'> {
  readonly ended: Promise<Pick<ExitInfo, 'code' | 'signal'>>;
  /** Once it has ended: clears up, and tells whether the kernel ended one of its processes for memory. */
  settle?(): Promise<{ readonly outOfMemory: boolean } | undefined>;
  /** Asks the program inside to end; false when there is none. */
  terminate(): Promise<boolean>;
  /** Ends everything inside. */
  kill(): void;
}

/** Control of a process of this host. */
export function controlProcess({ child, depth, group }: Control, options: SandboxOptions): SandboxedProcess {
  const pid = child.pid as number;
  const terminate = async (): Promise<boolean> => {
    const programs = depth === undefined ? [pid] : await descendants(pid, depth + 1);
    if (hasEnded(child)) return false;
    for (const program of programs) signalQuietly(program, 'SIGTERM');
    return programs.length > 0;
  };
  const kill = (): void => {
    if (!hasEnded(child)) signalQuietly(-pid, 'SIGKILL');
  };
  const settle = async () => group?.end();
  return controlStarted({ pid, ...streamsOf(child), ended: exitOf(child), settle, terminate, kill }, options);
}

/** Stopping, limits and memory of what has been started, the same with and without a sandbox. */
export function controlStarted(
  { pid, ended, terminate, ...started }: Started,
  options: SandboxOptions,
): SandboxedProcess {
  let endedBy: ExitInfo['endedBy'];
  let stopping = false;
  let alive = true;

  const kill = (): void => {
    if (alive) started.kill();
  };
  const end = (reason: ExitInfo['endedBy']): void => {
    endedBy ??= reason;
    kill();
  };
  const seconds = options.limits?.seconds;
  const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000, 'time');
  const abort = (): void => end('abort');
  options.signal?.addEventListener('abort', abort, { once: true });
  if (options.signal?.aborted === true) abort();

  const exited = ended.then(async (exit): Promise<ExitInfo> => {
    alive = false;
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    const outcome = await started.settle?.().catch(() => undefined);
    const info = decodeExit(exit);
    if (endedBy !== undefined) return { ...info, endedBy };
    if (outcome?.outOfMemory === true && info.signal === 'SIGKILL') return { ...info, endedBy: 'memory' };
    return info.signal === null || stopping ? info : { ...info, endedBy: 'signal' };
  });

  const stop = async (graceMs = DEFAULT_GRACE): Promise<ExitInfo> => {
    stopping = true;
    const asked = alive && (await terminate());
    const waiting = new AbortController();
    await Promise.race([exited, sleep(asked ? graceMs : 0, undefined, { signal: waiting.signal }).catch(() => {})]);
    waiting.abort();
    kill();
    return exited;
  };

  const { stdin, stdout, stderr } = started;
  return { pid, stdin, stdout, stderr, exited, stop, memory: () => treeMemory(pid) };
}

/** Pids `generations` below a process. */
async function descendants(pid: number, generations: number): Promise<number[]> {
  let pids = [pid];
  for (let generation = 0; generation < generations; generation += 1)
    pids = (await Promise.all(pids.map(childrenOf))).flat();
  return pids;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (!hasEnded(child)) await once(child, 'exit');
  return { code: child.exitCode, signal: child.signalCode };
}

/** A shell's and bwrap's way to say that the program died of a signal: 128 and its number. */
function decodeExit({ code, signal }: { code: number | null; signal: NodeJS.Signals | null }): ExitInfo {
  const name = code === null ? undefined : signalNames.get(code - 128);
  return name === undefined ? { code, signal } : { code: null, signal: name };
}

const signalNames = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]),
);

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

function streamsOf(child: ChildProcess): Pick<SandboxedProcess, 'stdin' | 'stdout' | 'stderr'> {
  // A program may close its end at any time; whoever writes sees it in `exited`.
  child.stdin?.on('error', () => {});
  return {
    stdin: child.stdin ?? new PassThrough().end(),
    stdout: child.stdout ?? new PassThrough().end(),
    stderr: child.stderr ?? new PassThrough().end(),
  };
}
