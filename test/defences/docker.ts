import type { Defence } from './define.ts';

const product = 'test/contained/docker.test.ts';
const sandbox = 'test/contained/docker-sandbox.test.ts';
const container = 'src/sandbox/docker-container.ts';

export const defences: readonly Defence[] = [
  {
    promise: 'A container has no capabilities',
    file: container,
    from: "      CapDrop: ['ALL'],\n",
    to: '',
    tests: product,
    ids: ['DOCKER-1'],
    titles: ['gain_rights'],
  },
  {
    promise: 'A container holds so many processes and no more',
    file: container,
    from: '    PidsLimit:',
    to: '    PidsUnlimited:',
    tests: product,
    ids: ['DOCKER-1'],
    titles: ['fork_bomb'],
  },
  {
    promise: 'A container goes when its program has ended',
    file: 'src/sandbox/docker.ts',
    from: 'await Promise.all([settled(), container.remove()]);',
    to: 'await settled();',
    tests: product,
    ids: ['DOCKER-2'],
  },
  {
    promise: 'A guard removes containers of a process that was killed',
    file: 'src/sandbox/docker.ts',
    from: '  guardContainers(place.docker.socketPath);\n',
    to: '',
    tests: product,
    ids: ['DOCKER-3'],
    titles: ['[DOCKER-3] of `mcp-crafter run`', '[DOCKER-3] of the service'],
  },
  {
    promise: 'Containers that a guard has not removed are found by their labels',
    file: 'src/sandbox/orphans.ts',
    from: 'removeContainers(stateFolder).catch(() => 0)',
    to: '0',
    tests: sandbox,
    ids: ['DOCKER-3'],
  },
  {
    promise: 'Docker stands in for bubblewrap',
    file: 'src/sandbox/probe.ts',
    from: "if (wanted === 'bubblewrap') return lack;",
    to: "if (wanted !== 'docker') return lack;",
    tests: sandbox,
    ids: ['DOCKER-4'],
    titles: ['Docker stands in where bubblewrap cannot be started', 'without both nothing runs'],
  },
  {
    promise: 'Given values go past Docker',
    file: 'src/sandbox/docker-environment.ts',
    from: 'given[name] === value && ',
    to: 'given[name] !== given[name] && ',
    tests: sandbox,
    ids: ['DOCKER-5'],
  },
  {
    promise: 'A container has a system call filter',
    file: container,
    from: '`seccomp=${dockerSeccomp()}`',
    to: "'seccomp=unconfined'",
    tests: sandbox,
    ids: ['DOCKER-6'],
  },
  {
    promise: 'The way out of a container is the bridge',
    file: container,
    from: '...withBridge(options)',
    to: '...options.command',
    tests: sandbox,
    ids: ['DOCKER-7'],
  },
  {
    promise: 'Generated code has the id of an ordinary user who runs mcp-crafter',
    file: 'src/sandbox/host.ts',
    from: '  runsAsRoot()\n    ?',
    to: '  process.platform\n    ?',
    tests: sandbox,
    ids: ['DOCKER-8'],
  },
  {
    promise: 'What a container takes of the processors is limited',
    file: container,
    from: 'CpuQuota: quota(limits) ?? 0',
    to: 'CpuQuota: 0',
    tests: sandbox,
    // Of the sandbox's own tests, which run here, too.
    ids: [],
    titles: ['hold what a tree takes of the processors'],
  },
];
