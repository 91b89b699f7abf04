import type { Defence } from './define.ts';
import { outer, without } from './sandbox-edits.ts';

const stages = 'test/durable/kills-stages.test.ts';
const parts = 'test/durable/kills-parts.test.ts';
const leftovers = 'test/durable/kills-leftovers.test.ts';

const noTakeOver = {
  file: 'src/jobs/dbos.ts',
  from: '      await DBOSExecutor.globalInstance?.recoverPendingWorkflows([executor]);\n',
  to: '      executor satisfies string;\n',
};

const late = 'src/pipeline/late-progress.test.ts';
const lateWord = {
  file: 'src/storage/repositories/builds.ts',
  from: '.where(and(eq(builds.id, id), unfinished))',
  to: '.where(eq(builds.id, id))',
};

export const defences: readonly Defence[] = [
  without(
    'A finished step is recorded and not done again',
    [
      {
        file: 'src/jobs/dbos.ts',
        from: 'DBOS.runStep(() => run(DBOS.stepStatus?.cancelSignal), { name })',
        to: 'name === undefined ? run() : run()',
      },
    ],
    stages,
    ['KILLS-1'],
    ['verify: a new server is made'],
  ),
  {
    ...without(
      'No server that a killed service ran lives on beside the one that the next starts',
      [
        { file: outer, from: "['--unshare-pid', '--die-with-parent',", to: "['--unshare-pid'," },
        { file: 'src/pipeline/resume.ts', from: '  await endOrphans(crafter.stateFolder);\n', to: '  void endOrphans;\n' },
      ],
      stages,
      ['KILLS-1'],
      ['resolve: a running server comes'],
    ),
    along: ['resolve: a new server is made'],
  },
  without(
    'A new project appears whole or not at all',
    [
      {
        file: 'src/generate/write-project.ts',
        from: '  const beside = `${dir}.${randomUUID()}.new`;\n',
        to: '  const beside = dir;\n',
      },
      {
        file: 'src/generate/write-project.ts',
        from: '    await rename(beside, dir);\n  } finally {\n    await rm(beside, { recursive: true, force: true });\n',
        to: '  } finally {\n',
      },
      {
        file: 'src/generate/write-project.ts',
        from: '  await writeFile(path, file.text);\n',
        to: '  await writeFile(path, file.text.slice(0, 10));\n  await new Promise((done) => setTimeout(done, 100));\n  await writeFile(path, file.text);\n',
      },
    ],
    stages,
    ['KILLS-1'],
    ['while it writes a project'],
  ),
  without('Builds of a dead service are taken up by the next', [noTakeOver], 'test/durable/kills-random.test.ts', [
    'KILLS-2',
  ]),
  without(
    'The own database is started again when it ends',
    [
      {
        file: 'src/storage/storage.ts',
        from: 'return openDatabase(connectionString, cluster?.ensure);',
        to: 'return openDatabase(connectionString);',
      },
    ],
    parts,
    ['KILLS-3'],
  ),
  {
    ...without(
      'A killed server is started again',
      [
        {
          file: 'src/operate/post.ts',
          from: '      duty = undefined;\n',
          to: '      duty = undefined;\n      if (ended === false) return;\n',
        },
      ],
      parts,
      ['KILLS-4'],
    ),
    along: ['[KILLS-3]'],
  },
  {
    ...without(
      'A command that ends ends its waiting, not its build',
      [
        {
          file: 'src/pipeline/queue.ts',
          from: 'const leave = (): void => reject(goesOn(id));',
          to: 'const leave = (): void => void cancelBuild(parts, id).then(() => reject(goesOn(id)));',
        },
      ],
      parts,
      ['KILLS-5'],
      ['of the command that waits for a build'],
    ),
    along: ['[KILLS-3]'],
  },
  {
    ...without(
      'A sandbox dies with whoever started it',
      [{ file: outer, from: "['--unshare-pid', '--die-with-parent',", to: "['--unshare-pid'," }],
      parts,
      ['KILLS-5'],
      ['of `mcp-crafter run`'],
    ),
    along: ['[KILLS-3]'],
  },
  without(
    'A living service takes the builds of a dead one over',
    [noTakeOver],
    'test/durable/take-over.test.ts',
    ['KILLS-6'],
    ['dies in verify'],
  ),
  without(
    'A job that ends its service again and again is given up',
    [{ file: 'src/jobs/run.ts', from: '> mostAttempts)', to: '> 1000 * mostAttempts)' }],
    'src/jobs/jobs.test.ts',
    ['KILLS-7'],
  ),
  without(
    'A build that was recorded and never queued is closed',
    [
      {
        file: 'src/pipeline/resume.ts',
        from: 'crafter.builds.settleLost(began, alone);',
        to: 'alone ? Promise.resolve() : crafter.builds.settleLost(began, alone);',
      },
    ],
    leftovers,
    ['KILLS-8'],
  ),
  without(
    'Processes that a killed service left are ended',
    [
      {
        file: 'src/pipeline/resume.ts',
        from: '  await endOrphans(crafter.stateFolder);\n',
        to: '  void endOrphans;\n',
      },
    ],
    leftovers,
    ['KILLS-9'],
  ),
  without(
    'So are those that the trial of a sandbox left',
    [{ file: 'src/sandbox/orphans.ts', from: '[stateFolder, noFolder].map', to: '[stateFolder].map' }],
    leftovers,
    ['KILLS-9'],
  ),
  without(
    'A lock counts while the very process lives that took it',
    [
      {
        file: 'src/api/lock.ts',
        from: 'if (markLives(holder) || ',
        to: "if (markLives(holder) || Number(holder.split('.')[0]) > 0 || ",
      },
    ],
    leftovers,
    ['KILLS-10'],
  ),
  without(
    'What was compiled is written soon, not at the end',
    [
      {
        file: 'src/api/serve.ts',
        from: '  setTimeout(flushCompileCache, settledMilliseconds).unref();\n',
        to: '  void flushCompileCache;\n',
      },
    ],
    leftovers,
    ['KILLS-11'],
  ),
  without('Nothing changes a build that has ended', [lateWord], late, ['KILLS-12'], ['is not told as running']),
  without(
    'Whether a job has ended is asked before its build is read',
    [
      lateWord,
      {
        file: 'src/pipeline/queue.ts',
        from: '  const state = await parts.jobs.state(id);\n  const build = await parts.storage.builds.get(id);\n',
        to: '  const build = await parts.storage.builds.get(id);\n  const state = await parts.jobs.state(id);\n',
      },
    ],
    late,
    ['KILLS-12'],
    ['while it is looked for lost ones'],
  ),
];
