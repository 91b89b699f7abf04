import type { Defence } from './define.ts';
import { outer, without } from './sandbox-edits.ts';

const shared = `  const { chmodSync, mkdirSync } = process.getBuiltinModule('node:fs');
  const all = process.env['TMPDIR'] + '/all';
  mkdirSync(all, { recursive: true });
  chmodSync(all, 0o1777);
  mounts.push({ source: all, target: '/dev/shm', access: 'write' });
`;

export const defences: readonly Defence[] = [
  without(
    'A run without a sandbox is noted',
    [
      {
        file: 'src/pipeline/launch.ts',
        from: "sandbox.kind !== 'none') return;",
        to: 'sandbox.kind !== undefined) return;',
      },
    ],
    'test/contained/hostile/unprotected.test.ts',
    ['HOSTILE-7'],
  ),
  without(
    'What was noted of a run without a sandbox stands in each later report',
    [{ file: 'src/spec/unprotected.ts', from: 'return repeats ? ', to: 'return repeats && next === earlier ? ' }],
    'test/contained/hostile/unprotected.test.ts',
    ['HOSTILE-7'],
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
