import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { groupPlaces, type GroupPlace } from '../../src/sandbox/control-group-places.ts';
import { canHaveControlGroups } from '../../src/sandbox/control-group.ts';

/** What a control group lets a tree have of the processors, and what came of it. */
interface Share {
  /** Processors whose whole time it may take. */
  readonly most: number;
  /** How often it was held back. */
  readonly held: number;
}

/** Made by mcp-crafter, or by Docker for a container. */
const own = /^(mcp-crafter-|[0-9a-f]{64}$)/;

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const placesOf = (process: string | number): readonly GroupPlace[] =>
  groupPlaces(read('/proc/self/mountinfo'), read(`/proc/${process}/cgroup`));

/** Whether mcp-crafter can limit here what a tree takes of the processors. */
export function canLimitProcessors(): boolean {
  if (!canHaveControlGroups()) return false;
  const handedOn = (folder: string): string => ` ${read(folder, 'cgroup.subtree_control').trim()} `;
  const hasBoth = (folder: string): boolean => / memory .*pids | pids .*memory /.test(handedOn(folder));
  const second = placesOf('self').find(({ version, folder }) => version === 2 && hasBoth(folder));
  if (second !== undefined) return handedOn(second.folder).includes(' cpu ');
  return placesOf('self').some(({ version, controller, folder }) => {
    if (version !== 1 || controller !== 'cpu') return false;
    try {
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** What a process may have by the control group that was made for it; undefined where it has none. */
export function shareOf(pid: number): Share | undefined {
  const folder = placesOf(pid)
    .map((place) => place.folder)
    .find(
      (path) =>
        own.test(basename(path)) && ['cpu.max', 'cpu.cfs_quota_us'].some((file) => existsSync(join(path, file))),
    );
  if (folder === undefined) return undefined;
  const [time, period] = existsSync(join(folder, 'cpu.max'))
    ? read(folder, 'cpu.max').split(' ')
    : [read(folder, 'cpu.cfs_quota_us'), read(folder, 'cpu.cfs_period_us')];
  const held = /^nr_throttled (\d+)$/m.exec(read(folder, 'cpu.stat'))?.[1];
  return { most: Number(time) / Number(period), held: Number(held) };
}
