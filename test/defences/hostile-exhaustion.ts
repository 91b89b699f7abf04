import type { Defence, Edit } from './define.ts';
import { inner, without } from './sandbox-edits.ts';

const hostile = (promise: string, edits: readonly Edit[], titles: readonly string[]): Defence =>
  without(promise, edits, 'test/contained/hostile/exhaustion.test.ts', ['HOSTILE-3'], titles);
const runner = 'src/runner/start.ts';

export const defences: readonly Defence[] = [
  hostile(
    'Processes of a sandbox are counted (each by prlimit, all by control groups)',
    [
      {
        file: 'src/sandbox/control-group-settings.ts',
        from: 'DEFAULT_PROCESSES = 512',
        to: 'DEFAULT_PROCESSES = 4096',
      },
    ],
    ['fork_bomb'],
  ),
  hostile(
    'Temporary folder and shared memory are small',
    [
      { file: inner, from: 'TEMPORARY_BYTES = 64 *', to: 'TEMPORARY_BYTES = 1024 *' },
      { file: inner, from: 'SHARED_MEMORY_BYTES = 16 *', to: 'SHARED_MEMORY_BYTES = 1024 *' },
    ],
    ['fill_temporary'],
  ),
  hostile(
    'A file has a largest size',
    [{ file: runner, from: 'fileBytes: 4 * 1024 ** 3', to: 'fileBytes: 8 * 1024 ** 3' }],
    ['huge_file'],
  ),
  hostile(
    'Open files are counted',
    [{ file: inner, from: 'OPEN_FILES = 8192', to: 'OPEN_FILES = 1_000_000' }],
    ['open_files'],
  ),
  hostile(
    'Memory of a server is limited (each process by prlimit, all by control groups)',
    [{ file: runner, from: 'memoryBytes: Math.min(2 * 1024 ** 3,', to: 'memoryBytes: Math.max(20 * 1024 ** 3,' }],
    ['fill_buffers', 'fill_the_heap'],
  ),
  hostile(
    'A server has a part of the processors, and stands back for the service',
    [
      { file: runner, from: '  processors: Math.max(1, Math.min(2, availableParallelism() / 2)),\n', to: '' },
      { file: runner, from: '  niceness: 5,\n', to: '' },
    ],
    ['take_processors'],
  ),
  hostile(
    'A server that ended is started again',
    [
      {
        file: 'src/operate/post.ts',
        from: '      duty = undefined;\n',
        to: '      duty = undefined;\n      if (ended === false) return;\n',
      },
    ],
    ['end_itself'],
  ),
  hostile(
    'A server leaves no core file (limit of mcp-crafter and of the sandbox)',
    [
      { file: inner, from: "  ...clamped('core', 1, 'Max core file size'),\n", to: '' },
      { file: 'bin/mcp-crafter', from: 'prlimit --pid $$ --core=1:1 2>/dev/null || ulimit -c 0\n', to: '' },
    ],
    ['dump_core'],
  ),
];
