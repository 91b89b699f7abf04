import type { Defence } from './define.ts';
import { outer, without } from './sandbox-edits.ts';

const shared = `  const { chmodSync, mkdirSync } = process.getBuiltinModule('node:fs');
  const all = process.env['TMPDIR'] + '/all';
  mkdirSync(all, { recursive: true });
  chmodSync(all, 0o1777);
  mounts.push({ source: all, target: '/dev/shm', access: 'write' });
`;

const unprotected = 'test/contained/hostile/unprotected.test.ts';

export const defences: readonly Defence[] = [
  without(
    'A run without a sandbox is noted',
    [
      {
        file: 'src/pipeline/launch.ts',
        from: "if (sandbox !== 'none') return;",
        to: 'if (sandbox !== undefined) return;',
      },
    ],
    unprotected,
    ['HOSTILE-7'],
    ['a server that ran once without a sandbox', 'a run from the command line'],
  ),
  without(
    'A run from the command line without a sandbox is noted, whatever the service has',
    [{ file: 'src/local/run.ts', from: "if (sandbox.kind === 'none') await note();", to: 'void note;' }],
    unprotected,
    ['HOSTILE-7'],
    ['a run from the command line'],
  ),
  without(
    'Without a sandbox nothing runs but at the user’s word: builds, servers of the service, calls and runs',
    [
      {
        file: 'src/sandbox/open.ts',
        from: 'if (!contained && config.unsafe !== true)',
        to: 'if (!contained && config.unsafe === null)',
      },
    ],
    unprotected,
    ['SANDBOX-9'],
  ),
  without(
    'What was noted of a run without a sandbox stands in each later report',
    [{ file: 'src/spec/unprotected.ts', from: 'return repeats ? ', to: 'return repeats && next === earlier ? ' }],
    unprotected,
    ['HOSTILE-7'],
    ['a server that ran once without a sandbox'],
  ),
  without(
    'Each server has shared memory of its own',
    [
      {
        file: outer,
        from: '  await prepareMounts(mounts, stateFolder);\n',
        to: `  await prepareMounts(mounts, stateFolder);\n${shared}`,
      },
    ],
    'test/contained/hostile/reaching-out.test.ts',
    ['HOSTILE-8'],
  ),
];
