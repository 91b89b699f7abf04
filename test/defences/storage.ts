import { without } from './sandbox-edits.ts';
import type { Defence, Edit } from './define.ts';

const builds = 'src/storage/repositories/builds.ts';
const programs = 'src/storage/postgres/programs.ts';
const storage = (
  promise: string,
  edits: Edit | readonly Edit[],
  test: string,
  number: number,
  titles?: readonly string[],
): Defence => without(promise, [edits].flat(), `src/${test}.test.ts`, [`STORAGE-${number}`], titles);

export const defences: readonly Defence[] = [
  storage(
    'The database listens at no port',
    { file: programs, from: "listen_addresses: '',", to: "listen_addresses: '127.0.0.1'," },
    'storage/storage',
    1,
  ),
  storage(
    'The role of mcp-crafter is no superuser',
    { file: programs, from: '`CREATE ROLE ${roleName} LOGIN`', to: '`CREATE ROLE ${roleName} LOGIN SUPERUSER`' },
    'storage/storage',
    1,
  ),
  storage(
    'Nobody but that role is let in',
    {
      file: 'src/storage/postgres/cluster.ts',
      from: '`local ${databaseName} ${roleName} trust\\n`',
      to: '`local all all trust\\n`',
    },
    'storage/storage',
    1,
  ),
  storage(
    'A database that others use is left running',
    {
      file: 'src/storage/storage.ts',
      from: 'if (!(await usedByOthers(client))) await',
      to: 'void usedByOthers;\n    await',
    },
    'storage/storage',
    2,
  ),
  storage(
    'A database that was killed is started again',
    {
      file: 'src/storage/storage.ts',
      from: 'return openDatabase(connectionString, cluster?.ensure);',
      to: 'return openDatabase(connectionString);',
    },
    'storage/storage',
    3,
    ['comes back with its data'],
  ),
  storage(
    'Who starts at the same time takes turns',
    {
      file: 'src/storage/locks.ts',
      from: 'while (!(await tryLock(client, name))) {',
      to: 'while ((await tryLock(client, name)) === undefined) {',
    },
    'storage/storage',
    4,
  ),
  storage(
    'Tables of another version are refused',
    { file: 'src/storage/migrate.ts', from: '  refuseForeign(applied, wanted);\n', to: '  void refuseForeign;\n' },
    'storage/storage',
    5,
  ),
  storage(
    'Those who want one name take turns',
    { file: builds, from: 'SELECT pg_advisory_xact_lock(hashtextextended(', to: 'SELECT (hashtextextended(' },
    'storage/records',
    6,
  ),
  storage(
    'A change of a server undoes no other one',
    { file: 'src/storage/repositories/servers.ts', from: ".where(wanted).for('update');", to: '.where(wanted);' },
    'storage/records',
    16,
  ),
  storage(
    'A file is written beside its place',
    {
      file: 'src/storage/files.ts',
      from: '  const target = await realpath(file).catch(() => file);\n',
      to: '  const target = await realpath(file).catch(() => file);\n  if (data !== undefined) return mkdir(dirname(target), { recursive: true }).then(() => writeFile(target, data, { mode }));\n',
    },
    'storage/files',
    8,
    ['leaves one whole file'],
  ),
  storage(
    'A tree holds no path that leads out of it',
    { file: 'src/storage/files.ts', from: "some((part) => part === '..')", to: "some((part) => part === '...')" },
    'storage/files',
    8,
    ['makes a tree exactly'],
  ),
  storage(
    'An error has nothing of the statement that failed',
    {
      file: 'src/storage/database.ts',
      from: '  return toCrafterError(cause);',
      to: '  return toCrafterError(thrown);',
    },
    'storage/records',
    9,
  ),
  storage(
    'A sealed value belongs to its name',
    [
      {
        file: 'src/secrets/seal.ts',
        from: '.setAAD(Buffer.from(owner));\n  const',
        to: '.setAAD(Buffer.alloc(owner.length * 0));\n  const',
      },
      {
        file: 'src/secrets/seal.ts',
        from: 'decipher.setAAD(Buffer.from(owner))',
        to: 'decipher.setAAD(Buffer.alloc(0))',
      },
    ],
    'secrets/secrets',
    10,
  ),
  storage(
    'A folder that somebody else may have laid a link to is not used for the socket',
    {
      file: 'src/storage/postgres/place.ts',
      from: 'const found = await lstat(folder);',
      to: 'const found = await stat(folder).finally(() => lstat(folder));',
    },
    'storage/storage',
    12,
    ['moves its socket to a short folder'],
  ),
  storage(
    'A folder for sockets that somebody else may have made is not used',
    {
      file: 'src/pipeline/places.ts',
      from: 'if (outside && (!found.isDirectory() || ',
      to: 'if (outside && found.uid < 0 && (!found.isDirectory() || ',
    },
    'pipeline/places',
    13,
    ['are not taken over outside'],
  ),
  storage(
    'Folders of the state are of their user alone',
    { file: 'src/pipeline/places.ts', from: '    await chmod(folder, 0o700);\n', to: '    void chmod;\n' },
    'pipeline/places',
    13,
    ['are open to their user only'],
  ),
  storage(
    'Old builds that made no server are forgotten',
    { file: builds, from: 'lt(builds.finishedAt, new Date(before))', to: 'lt(builds.finishedAt, new Date(0))' },
    'storage/records',
    15,
  ),
  storage(
    'A state folder that others may have written to is refused',
    {
      file: 'src/storage/state-folder.ts',
      from: 'else if (isOpen(found)) throw',
      to: 'else if (isOpen(found) && made) throw',
    },
    'storage/state-folder',
    13,
  ),
  storage(
    'Builds of a server that stands are kept',
    {
      file: builds,
      from: 'notInArray(builds.server, db.select({ name: servers.name }).from(servers))',
      to: "ne(builds.server, '')",
    },
    'storage/records',
    15,
  ),
];
