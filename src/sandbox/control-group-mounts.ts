import { join, relative } from 'node:path';

interface GroupMount {
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
  readonly root: string;
  readonly own: string;
}

/** Fields of proc_pid_mountinfo(5): the root within the file system, the mount point and, after a dash, type and options. */
export function mountOf(line: string, membership: string): readonly GroupMount[] {
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
