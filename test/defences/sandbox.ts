import type { Defence, Edit } from './define.ts';
import { hostNetwork, inner, outer, without } from './sandbox-edits.ts';

const sandbox = (
  promise: string,
  edits: readonly Edit[],
  test: string,
  number: number,
  titles?: readonly string[],
): Defence => without(promise, edits, `src/sandbox/${test}.test.ts`, [`SANDBOX-${number}`], titles);

export const defences: readonly Defence[] = [
  sandbox(
    'A sandbox has the host’s programs and no other folder of it',
    [
      {
        file: inner,
        from: "['--remount-ro', '/dev', '--remount-ro', '/'],",
        to: "['--ro-bind', '/usr/bin', '/var/lib', '--remount-ro', '/dev', '--remount-ro', '/'],",
      },
    ],
    'sandbox',
    1,
    ['does not exist for reading'],
  ),
  sandbox(
    'A sandbox’s own root is read-only',
    [{ file: inner, from: "['--remount-ro', '/dev', '--remount-ro', '/'],", to: "['--remount-ro', '/dev']," }],
    'sandbox',
    2,
    ['cannot be written'],
  ),
  sandbox('A sandbox has a network of its own', hostNetwork, 'sandbox', 3),
  sandbox(
    'The environment of a sandbox is what it is given',
    [
      { file: inner, from: "'--clearenv', ", to: '' },
      { file: outer, from: 'env: { PATH:', to: 'env: { ...process.env, PATH:' },
    ],
    'sandbox',
    4,
    ['sees the given environment alone'],
  ),
  sandbox(
    'Arguments of a sandbox go over a descriptor',
    [
      {
        file: outer,
        from: "      '--args',\n      String(inner),\n",
        to: '      ...sandboxArguments(options, views, descriptors),\n',
      },
    ],
    'sandbox',
    4,
    ['has its secrets on no command line'],
  ),
  sandbox(
    'Files that mcp-crafter was started with are closed',
    [
      {
        file: 'src/sandbox/host.ts',
        from: 'if (foreign.length === 0) return [...own];',
        to: 'if (foreign.length >= 0) return [...own];',
      },
    ],
    'sandbox',
    4,
    ['inherits no open file'],
  ),
  sandbox(
    'Processes cannot be traced',
    [{ file: 'src/sandbox/system-calls.ts', from: '      ptrace: 101,\n', to: '' }],
    'seccomp',
    5,
    ['refuses ptrace', 'is in force in the sandbox'],
  ),
  sandbox(
    'Processor time is limited',
    [{ file: inner, from: "  ...clamped('cpu', limits.cpuSeconds, 'Max cpu time'),\n", to: '' }],
    'sandbox',
    6,
    ['end what uses too much processor time'],
  ),
  sandbox(
    'What a tree takes of the processors is limited by a control group',
    [
      {
        file: 'src/sandbox/control-group-settings.ts',
        from: 'processors === undefined ?',
        to: 'processors !== null ?',
      },
    ],
    'sandbox',
    6,
    ['hold what a tree takes of the processors'],
  ),
  sandbox(
    'A program stands back with all that it starts',
    [{ file: outer, from: 'getPriority() + niceness', to: 'getPriority()' }],
    'sandbox',
    6,
    ['let a program stand back'],
  ),
  sandbox(
    'Processes of a user are limited',
    [
      {
        file: inner,
        from: 'const flags = [...resourceLimits(limits), ...processes]',
        to: 'const flags = [...resourceLimits(limits), ...processes.slice(1)]',
      },
      {
        file: 'src/sandbox/control-group-settings.ts',
        from: "['pids.max', (limits.processes ?? DEFAULT_PROCESSES) + OWN_PROCESSES]",
        to: "['pids.max', 4096 + OWN_PROCESSES]",
      },
    ],
    'sandbox',
    6,
    ['hold the number of processes'],
  ),
  sandbox(
    'Output beyond its limit is read and thrown away',
    [
      {
        file: 'src/sandbox/run.ts',
        from: 'if (size < limit) chunks.push(chunk.subarray(0, limit - size));',
        to: 'chunks.push(chunk);',
      },
    ],
    'sandbox',
    6,
    ['cut output without holding the program up'],
  ),
  sandbox(
    'A tree that does not end is killed',
    [
      {
        file: 'src/sandbox/control.ts',
        from: '    kill();\n    return exited;',
        to: '    return { code: null, signal: null };',
      },
    ],
    'sandbox',
    7,
    ['kills a tree that does not'],
  ),
  sandbox(
    'A sandbox dies with mcp-crafter',
    [{ file: outer, from: "['--unshare-pid', '--die-with-parent',", to: "['--unshare-pid'," }],
    'sandbox',
    7,
    ['follows the death of mcp-crafter'],
  ),
  sandbox(
    'Generated code is nobody',
    [{ file: inner, from: "'--uid', '65534', '--gid', '65534'", to: "'--uid', '0', '--gid', '0'" }],
    'sandbox',
    8,
    ['has the rights of nobody'],
  ),
  sandbox(
    'A sandbox finds itself by the ids of its own process namespace',
    [
      {
        file: outer,
        from: "['--dev-bind', '/proc', '/processes', '--proc', '/proc', '--dev-bind', '/proc/sys', '/proc/sys'],",
        to: "['--dev-bind', '/proc', '/proc'],",
      },
    ],
    'ordinary-user',
    8,
    ['root of a container with few processes'],
  ),
  sandbox(
    'Where no sandbox can be had, nothing runs without the user’s word',
    [
      {
        file: 'src/sandbox/open.ts',
        from: 'if (!contained && config.unsafe !== true)',
        to: 'if (!contained && config.unsafe === null)',
      },
    ],
    'open',
    9,
    ['without bubblewrap nothing runs'],
  ),
  sandbox(
    'The state folder is shown to no server',
    [
      {
        file: 'src/sandbox/mounts.ts',
        from: 'if (ownState ? mount.owned === false : isBelow(state, real)) {',
        to: "if (ownState && mount.target === '/') {",
      },
    ],
    'sandbox',
    10,
    ['that would show the state folder'],
  ),
  sandbox(
    'The host writes in place of links and pipes, never through them',
    [
      {
        file: 'src/sandbox/inside.ts',
        from: 'open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644)',
        to: 'open(place, O_WRONLY | O_CREAT, 0o644)',
      },
      { file: 'src/sandbox/inside.ts', from: '      await rename(beside, place);\n', to: '      void rename;\n' },
    ],
    'inside',
    16,
    ['take the place of a link'],
  ),
  sandbox(
    'The host reads plain files alone',
    [
      {
        file: 'src/sandbox/inside.ts',
        from: 'beginningOf(place, O_NOFOLLOW, maxBytes)',
        to: 'beginningOf(place, 0, maxBytes)',
      },
    ],
    'inside',
    16,
    ['are read only when they are plain files'],
  ),
  sandbox(
    'Memory of a tree is limited by a control group',
    [
      {
        file: 'src/sandbox/control-group.ts',
        from: '  if (!canHaveControlGroups() || usable === undefined) return undefined;',
        to: '  if (!canHaveControlGroups() || pid > 0 || usable === undefined) return undefined;',
      },
    ],
    'control-group',
    17,
    ['processes that stay below the limit one by one', 'memory that no process limit counts'],
  ),
  sandbox(
    'A group stands back as far as what is in it',
    [{ file: 'src/sandbox/control-group-settings.ts', from: 'Math.round((2 * usual) / 1.25 ** niceness)', to: 'usual + 0 * niceness' }],
    'control-group',
    17,
    ['groups are looked for where this process is'],
  ),
  sandbox(
    'Where no priority may be set, a sandbox starts all the same',
    [{ file: outer, from: '} catch {\n    // A container may forbid it', to: '} finally {\n    // A container may forbid it' }],
    'ordinary-user',
    8,
    ['root of a container that may set no priority'],
  ),
];
