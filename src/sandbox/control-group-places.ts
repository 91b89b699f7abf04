import { dirname, join, relative } from 'node:path';

/** A folder of a control group hierarchy in which groups for sandboxes can be tried. */
export interface GroupPlace {
  readonly version: 1 | 2;
  readonly controller: 'memory' | 'pids' | 'both';
  readonly folder: string;
}

/**
 * Where this process may have groups of its own, best first: below its own group, in version 2 also below those above,
 * since a group with processes of its own hands no controllers on (cgroups(7), "no internal processes").
 * @param mounts text of /proc/self/mountinfo.
 * @param membership text of /proc/self/cgroup.
 */
export function groupPlaces(mounts: string, membership: string): readonly GroupPlace[] {
  return mounts
    .split('\n')
    .flatMap((line) => mountOf(line, membership))
    .flatMap(({ version, controllers, root, own }): GroupPlace[] => {
      if (version === 2) return upwards(own, root).map((folder) => ({ version, controller: 'both', folder }));
      return (['memory', 'pids'] as const)
        .filter((controller) => controllers.includes(controller))
        .map((controller) => ({ version, controller, folder: own }));
    });
}

interface GroupMount {
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
  readonly root: string;
  readonly own: string;
}

/** Fields of proc_pid_mountinfo(5): the root within the file system, the mount point and, after a dash, type and options. */
function mountOf(line: string, membership: string): readonly GroupMount[] {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , shown = '/', root = '/'] = before.split(' ');
  const [type, , options = ''] = after.split(' ');
  if (type !== 'cgroup' && type !== 'cgroup2') return [];
  const controllers = type === 'cgroup2' ? [] : options.split(',');
  const path = membership
    .split('\n')
    .map((entry) => /^\d+:([^:]*):(.*)$/.exec(entry))
    .find((entry) =>
      type === 'cgroup2' ? entry?.[1] === '' : entry?.[1]?.split(',').some((name) => controllers.includes(name)),
    )?.[2];
  if (path === undefined) return [];
  // In a container the mount may show only the part of the hierarchy that the container has.
  const within = relative(shown, path);
  return [
    {
      version: type === 'cgroup2' ? 2 : 1,
      controllers,
      root,
      own: within.startsWith('..') ? root : join(root, within),
    },
  ];
}

function upwards(from: string, to: string): string[] {
  return from === to || !from.startsWith(to) ? [to] : [from, ...upwards(dirname(from), to)];
}
