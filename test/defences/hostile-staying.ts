import type { Defence } from './define.ts';
import { hostProcesses, without } from './sandbox-edits.ts';

const tests = 'test/contained/hostile/staying.test.ts';
const ids = ['HOSTILE-5'];

export const defences: readonly Defence[] = [
  without(
    'What does not end when it is told to is ended',
    [
      {
        file: 'src/sandbox/control.ts',
        from: '    kill();\n    return exited;',
        to: '    if (!alive) return exited;\n    if (graceMs === DEFAULT_GRACE) return { code: null, signal: null };\n    kill();\n    return exited;',
      },
      {
        file: 'src/runner/start.ts',
        from: '      await child.stop(graceMs);\n      return exited;',
        to: '      return child.stop(graceMs);',
      },
    ],
    tests,
    ids,
    ['ignore_the_end', 'loop_for_long', 'match_for_long'],
  ),
  without('A sandbox is a world of processes of its own, which ends as a whole', hostProcesses, tests, ids, [
    'leave_children',
  ]),
];
