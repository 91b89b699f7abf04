import type { GroupPlace } from './control-group-places.ts';
import type { SandboxLimits } from './types.ts';

/** Where a caller names no limit: more than type checker, bundler and servers need together. */
export const DEFAULT_MEMORY = 4 * 1024 ** 3;
export const DEFAULT_PROCESSES = 512;
/** Monitors and inits of bubblewrap that stand around the program. */
const OWN_PROCESSES = 16;
/** In which the processors' time is given out, in microseconds. */
export const PROCESSOR_PERIOD = 100_000;

/** A file of a group and what is written into it. What is optional may be missing, or limited further from above. */
type Setting = readonly [file: string, value: number | string, optional?: true];
type Kind = Pick<GroupPlace, 'version' | 'controller'>;

/** Files of a group with what is written into them: kernel documentation, cgroup-v2, cgroup-v1/memory and sched-bwc. */
export function groupSettings({ version, controller }: Kind, limits: SandboxLimits): readonly Setting[] {
  const pids: Setting = ['pids.max', (limits.processes ?? DEFAULT_PROCESSES) + OWN_PROCESSES];
  const bytes = limits.memoryBytes ?? DEFAULT_MEMORY;
  if (version === 2)
    return [
      ['memory.max', bytes],
      ['memory.swap.max', 0, true],
      ['memory.oom.group', 1, true],
      pids,
      ['cpu.weight', weight(100, limits), true],
      ['cpu.max', `${quota(limits) ?? 'max'} ${PROCESSOR_PERIOD}`, true],
    ];
  if (controller === 'memory')
    return [
      ['memory.limit_in_bytes', bytes],
      ['memory.memsw.limit_in_bytes', bytes, true],
    ];
  if (controller === 'pids') return [pids];
  return [
    ['cpu.shares', weight(1024, limits)],
    ['cpu.cfs_period_us', PROCESSOR_PERIOD, true],
    ['cpu.cfs_quota_us', quota(limits) ?? -1, true],
  ];
}

/**
 * In a group of its own, niceness counts among its own processes only (sched(7)), and a group's weight is shared out among
 * the processors that it works on. As much as two processes of that niceness, since a server has two processors at most:
 * busy on one alone it still stands back for what has the usual, and builds stand back for servers.
 */
export const weight = (usual: number, { niceness = 0 }: SandboxLimits): number =>
  Math.min(usual, Math.round((2 * usual) / 1.25 ** niceness));

/** Microseconds of processors in each period, where they are limited. */
export const quota = ({ processors }: SandboxLimits): number | undefined =>
  processors === undefined ? undefined : Math.round(processors * PROCESSOR_PERIOD);
