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

/** Stopping, limits and memory of a started process, the same with and without a sandbox. */
export function controlProcess({ child, depth, group }: Control, options: SandboxOptions): SandboxedProcess {
  const pid = child.pid as number;
  let endedBy: ExitInfo['endedBy'];
  let stopping = false;
  let alive = child.exitCode === null && child.signalCode === null;

  const kill = (): void => {
    if (!alive) return;
    signalQuietly(-pid, 'SIGKILL');
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

  const exited = exitOf(child).then(async (exit): Promise<ExitInfo> => {
    alive = false;
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
    const ended = await group?.end();
    const info = decodeExit(exit);
    if (endedBy !== undefined) return { ...info, endedBy };
    if (ended?.outOfMemory === true && info.signal === 'SIGKILL') return { ...info, endedBy: 'memory' };
    return info.signal === null || stopping ? info : { ...info, endedBy: 'signal' };
  });

  const stop = async (graceMs = DEFAULT_GRACE): Promise<ExitInfo> => {
    stopping = true;
    const programs = depth === undefined ? [pid] : await descendants(pid, depth + 1);
    if (alive) for (const program of programs) signalQuietly(program, 'SIGTERM');
    const waiting = new AbortController();
    await Promise.race([
      exited,
      sleep(programs.length === 0 ? 0 : graceMs, undefined, { signal: waiting.signal }).catch(() => {}),
    ]);
    waiting.abort();
    kill();
    return exited;
  };

  return { pid, ...streamsOf(child), exited, stop, memory: () => treeMemory(pid) };
}

/** Pids `generations` below a process. */
async function descendants(pid: number, generations: number): Promise<number[]> {
  let pids = [pid];
  for (let generation = 0; generation < generations; generation += 1)
    pids = (await Promise.all(pids.map(childrenOf))).flat();
  return pids;
}

async function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
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
