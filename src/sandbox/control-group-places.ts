import { dirname } from 'node:path';
import { mountOf } from './control-group-mounts.ts';

/** A folder of a control group hierarchy in which groups for sandboxes can be tried. */
export interface GroupPlace {
  readonly version: 1 | 2;
  readonly controller: 'memory' | 'pids' | 'cpu' | 'all';
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
      if (version === 2) return upwards(own, root).map((folder) => ({ version, controller: 'all', folder }));
      return (['memory', 'pids', 'cpu'] as const)
        .filter((controller) => controllers.includes(controller))
        .map((controller) => ({ version, controller, folder: own }));
    });
}

function upwards(from: string, to: string): string[] {
  return from === to || !from.startsWith(to) ? [to] : [from, ...upwards(dirname(from), to)];
}
