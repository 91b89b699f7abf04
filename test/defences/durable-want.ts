import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

const restore = 'src/local/restore.ts';
const rows = 'src/storage/sound-rows.ts';
const wanted = (
  promise: string,
  edits: readonly Edit[],
  test: string,
  number: number,
  titles?: readonly string[],
): Defence => without(promise, edits, `test/durable/${test}.test.ts`, [`DURABLE-WANT-${number}`], titles);

export const defences: readonly Defence[] = [
  wanted(
    'A backup holds the key that opens its secrets',
    [
      {
        file: 'src/pipeline/backup.ts',
        from: '(await loadKey(crafter.stateFolder))',
        to: 'Buffer.alloc((await loadKey(crafter.stateFolder)).length)',
      },
    ],
    'backup',
    1,
  ),
  wanted(
    'A backup is restored into an empty folder only',
    [{ file: restore, from: '  await refuseFilled(stateFolder);\n', to: '  void refuseFilled;\n' }],
    'backup',
    3,
  ),
  wanted(
    'Paths of a backup are places of a state folder, each once',
    [
      {
        file: restore,
        from: '      refuseStray(entry, seen);\n',
        to: '      void refuseStray;\n      seen.add(entry.path);\n',
      },
    ],
    'backup',
    4,
    [
      'it leads out of the folder',
      'it is an absolute path',
      'it goes to a place of the service itself',
      'it stands in it twice',
    ],
  ),
  wanted(
    'A backup may not fill the disk',
    [{ file: restore, from: 'if (bytes > room) throw', to: 'if (bytes < 0) throw' }],
    'backup',
    4,
    ['is refused before it fills the disk'],
  ),
  wanted(
    'Rows of a backup are those that mcp-crafter writes',
    [{ file: rows, from: 'if (issue !== undefined) throw', to: 'if (issue !== undefined && row === place) throw' }],
    'backup',
    13,
    ['is refused for a row with the name of a server', 'with a host', 'with a plan', 'with the owner of a secret'],
  ),
  wanted(
    'A listing is of the records of a backup, whatever else its rows say',
    [{ file: rows, from: 'overview: overviewOf(server) }', to: '...(overviewOf(server) && {}) }' }],
    'backup',
    13,
    ['lists them by their records'],
  ),
  wanted(
    'It is told what the servers of a backup are granted',
    [
      {
        file: 'src/cli/render/restored.ts',
        from: "grantsIn(grants).join(', ') ||",
        to: "grantsIn(grants).slice(0, 0).join(', ') ||",
      },
    ],
    'backup',
    13,
    ['tells which servers will start'],
  ),
  without(
    'No name but that of a server, a build or an artifact becomes a path',
    [
      {
        file: 'src/pipeline/places.ts',
        from: 'if (/^[a-z0-9-]+$/.test(name)) return',
        to: 'if (/^/.test(name)) return',
      },
    ],
    'src/pipeline/places.test.ts',
    ['DURABLE-WANT-13'],
  ),
  wanted(
    'A full disk is named',
    [
      { file: 'src/errors.ts', from: '  ENOSPC: diskFull,\n', to: '' },
      { file: 'src/errors.ts', from: "  '53100': diskFull,\n", to: '' },
    ],
    'machine',
    5,
  ),
  wanted(
    'A folder that cannot be written to is named',
    [{ file: 'src/errors.ts', from: '  EROFS: readOnly,\n', to: '' }],
    'machine',
    6,
  ),
  wanted(
    'A statement that is never answered ends with an error that names the database',
    [{ file: 'src/storage/database.ts', from: 'answerMilliseconds = 30_000', to: 'answerMilliseconds = 3_000_000' }],
    'database',
    9,
    ['that says nothing is named as such'],
  ),
  wanted(
    'A backup is of its user alone',
    [{ file: 'src/pipeline/backup.ts', from: "flags: 'w', mode: 0o600", to: "flags: 'w', mode: 0o644" }],
    'backup',
    2,
  ),
  wanted(
    'A backup takes the place of no file',
    [
      {
        file: 'src/pipeline/backup.ts',
        from: 'if ((await lstat(file).catch(() => undefined)) !== undefined) throw isThere(file);',
        to: 'await rm(file, { force: true });',
      },
    ],
    'backup',
    2,
  ),
  wanted(
    'A backup holds no links',
    [
      {
        file: 'src/storage/archive/untar.ts',
        from: 'else if (found.kind === kinds.file) {',
        to: "else if (found.kind === kinds.file || found.kind === '2') {",
      },
    ],
    'backup',
    4,
    ['it is a link'],
  ),
  wanted(
    'That no more files may be opened is named',
    [{ file: 'src/errors.ts', from: '  EMFILE: tooManyFiles,\n', to: '' }],
    'machine',
    8,
    ['of which none is free'],
  ),
  wanted(
    'Tables that are there already are brought up to date',
    [
      {
        file: 'src/storage/migrate.ts',
        from: 'if (!applied.has(migration.version)) await apply',
        to: 'if (applied.size === 0) await apply',
      },
    ],
    'database',
    10,
    ['0001.sql comes up', '0002.sql comes up'],
  ),
  wanted(
    'Cancelling reaches the job that runs',
    [
      {
        file: 'src/jobs/jobs.ts',
        from: '      await engine.cancel(id);\n      running.get(id)?.stop(cancelledError(id));\n',
        to: '',
      },
    ],
    'cancelling',
    12,
    ['at the stage "verify"'],
  ),
  {
    ...wanted(
      'A build that is cancelled while its server starts makes no server, and no version of one',
      [{ file: 'src/pipeline/deploy.ts', from: '    signal.throwIfAborted();\n', to: '' }],
      'cancelling',
      12,
      ['at the stage "deploy"', 'at "the end of deploy"'],
    ),
    along: ['leaves the name free'],
  },
  wanted(
    'Builds are looked for when they are ordered and at each beat, whatever the clock says',
    [
      {
        file: 'src/jobs/dbos.ts',
        from: 'await started;\n      prompt.look();\n',
        to: 'await started;\n',
      },
      { file: 'src/jobs/executors.ts', from: '        onBeat();\n', to: '        void onBeat;\n' },
    ],
    'machine',
    7,
  ),
  without(
    'Steps of a build wait for the database',
    [{ file: 'src/jobs/patience.ts', from: 'if (signal.aborted || !wants', to: 'if (pause > 0 || !wants' }],
    'src/jobs/patience.test.ts',
    ['DURABLE-WANT-9'],
  ),
  wanted(
    'Programs of builds stand back',
    [{ file: 'src/sandbox/host.ts', from: 'niceness === 0 ? []', to: 'niceness >= 0 ? []' }],
    'load',
    11,
  ),
];
