import type { Defence } from './define.ts';

const reaching = 'test/contained/hostile/reaching-out.test.ts';
const bwrap = 'src/sandbox/arguments.ts';

export const defences: readonly Defence[] = [
  {
    promise: 'The sandbox has a network of its own',
    file: bwrap,
    from: "'--unshare-all', ",
    to: "'--unshare-ipc', '--unshare-pid', '--unshare-uts', '--unshare-cgroup', ",
    tests: reaching,
    ids: ['HOSTILE-1'],
    titles: [
      'connect_loopback',
      'connect_outside',
      'send_datagrams',
      'connect_sockets',
      'what a tool listens on cannot be reached from outside',
    ],
  },
];
