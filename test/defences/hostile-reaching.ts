import type { Defence, Edit } from './define.ts';
import { hostFiles, hostNetwork, hostProcesses, inner, without } from './sandbox-edits.ts';

const tests = 'test/contained/hostile/reaching-out.test.ts';
const hostile = (promise: string, edits: readonly Edit[], titles: readonly string[]): Defence =>
  without(promise, edits, tests, ['HOSTILE-1'], titles);

export const defences: readonly Defence[] = [
  hostile('Files and folders of the host are not there', hostFiles, [
    'read_by_path',
    'read_by_climbing',
    'read_by_link',
    'read_by_proc',
    'read_the_state',
    'write_by_path',
    'write_by_link',
    'connect_sockets',
  ]),
  hostile(
    'No folder of the host is left open',
    [
      {
        file: 'src/sandbox/bubblewrap.ts',
        from: "...inputs.map(() => 'pipe' as const), 'pipe' as const])",
        to: "...inputs.map(() => 'pipe' as const), 'pipe' as const, process.getBuiltinModule('node:fs').openSync('/')])",
      },
    ],
    ['read_by_descriptor'],
  ),
  hostile(
    'Devices of the host are not there',
    [{ file: inner, from: "'--dev', '/dev',", to: "'--dev-bind', '/dev', '/dev'," }],
    ['read_devices'],
  ),
  hostile(
    'What is mounted for reading is read-only, and not the sandbox user’s',
    [
      {
        file: 'src/sandbox/bubblewrap.ts',
        from: "[\n    access === 'write' ? '--bind' : '--ro-bind',",
        to: "[\n    access === 'write' ? '--bind' : '--bind',",
      },
      { file: inner, from: "[access === 'write' ? '--bind' : '--ro-bind',", to: "['--bind'," },
      {
        file: 'src/sandbox/mounts.ts',
        from: "  if (mayUse(found, access)) return;\n  if (access === 'read') {",
        to: "  if (path.includes('/artifacts/')) return handOver(path);\n  if (mayUse(found, access)) return;\n  if (access === 'read') {",
      },
    ],
    ['write_itself'],
  ),
  hostile('There is no network', hostNetwork, [
    'connect_loopback',
    'connect_disguised',
    'send_datagrams',
    'ask_names',
    'connect_sockets',
    'open_doors',
  ]),
  hostile('Processes of the host are not there (in the first and the second sandbox)', hostProcesses, [
    'signal_others',
    'see_others',
  ]),
  without(
    'Processes of a neighbour, of the same user, are not there (in the first and the second sandbox)',
    hostProcesses,
    tests,
    ['HOSTILE-2'],
  ),
  hostile(
    'Calls beyond a program into the kernel are refused',
    [{ file: inner, from: "['--seccomp', String(descriptors.seccomp), '--info-fd',", to: "['--info-fd'," }],
    ['trace_others', 'mount_things', 'enter_namespaces', 'load_into_the_kernel', 'take_the_terminal', 'raw_sockets'],
  ),
  hostile(
    'Generated code is nobody, also inside',
    [{ file: inner, from: "'--uid', '65534', '--gid', '65534'", to: "'--uid', '0', '--gid', '0'" }],
    ['gain_rights'],
  ),
];
