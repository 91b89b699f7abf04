import { randomBytes } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { link, lstat, mkdir, open, readdir, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { loadKey } from '../secrets/index.ts';
import { backupFormat, backupNames, dumpDatabase, longestBackupPath, writeTar } from '../storage/index.ts';
import type { ArchiveEntry } from '../storage/index.ts';
import { newId, version } from '../util/index.ts';
import { placesOf } from './places.ts';

export interface Backup {
  readonly bytes: number;
  readonly servers: number;
  /** Things in workspaces that are neither files nor folders, or may not be read, or lie too deep; they are not in it. */
  readonly leftOut: readonly string[];
}

/** How often it is begun again when servers change under it. */
const attempts = 3;

/**
 * Writes the whole state to one file that only this user can read: database, key, projects, artifacts, workspaces, logs. It
 * is of one moment as far as servers and builds go; what a running server writes to its workspace meanwhile may be in it or not.
 * @throws CrafterError CONFLICT when the file is there, or servers change all the time; DISK_FULL; CANCELLED.
 */
export async function backUp(crafter: Crafter, file: string, signal: AbortSignal): Promise<Backup> {
  if ((await lstat(file).catch(() => undefined)) !== undefined) throw isThere(file);
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const before = await standOf(crafter);
      const leftOut: string[] = [];
      const entries = entriesOf(crafter, leftOut);
      const out = createWriteStream(beside, { flags: 'w', mode: 0o600, flush: true });
      await pipeline(Readable.from(writeTar(entries)), createGzip(), out, { signal });
      if ((await standOf(crafter)) !== before) continue;
      // A link, unlike a rename, replaces nothing.
      await link(beside, file).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'EEXIST' ? isThere(file) : error;
      });
      return { bytes: (await lstat(file)).size, servers: (JSON.parse(before) as unknown[]).length, leftOut };
    }
  } catch (error) {
    if (signal.aborted) throw new CrafterError('CANCELLED', 'The backup was cancelled.', { hint: 'Start it again.' });
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
  throw new CrafterError('CONFLICT', 'Servers were made, changed or deleted the whole time.', {
    hint: 'Run it again when no build is under way.',
  });
}

/** What must not change while the files are read. */
async function standOf({ storage }: Crafter): Promise<string> {
  const servers = await storage.servers.list();
  return JSON.stringify(servers.map(({ name, artifact, updatedAt }) => [name, artifact, updatedAt]));
}

async function* entriesOf(crafter: Crafter, leftOut: string[]): AsyncGenerator<ArchiveEntry> {
  const temporary = join(placesOf(crafter.stateFolder).temporary, newId('backup'));
  await mkdir(temporary, { mode: 0o700 });
  try {
    const rows = join(temporary, 'rows');
    const tables = await writeRows(crafter, rows);
    yield textEntry(
      backupNames.about,
      JSON.stringify({ format: backupFormat, version, tables, at: new Date().toISOString() }),
    );
    yield* fileEntry(rows, backupNames.rows, leftOut);
    // The key itself, wherever it lies: another machine's keyring does not have it.
    yield textEntry(backupNames.key, `${(await loadKey(crafter.stateFolder)).toString('base64')}\n`);
    for (const name of backupNames.folders) yield* treeEntries(crafter.stateFolder, name, leftOut);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function textEntry(path: string, text: string): ArchiveEntry {
  const content = Buffer.from(text);
  return { path, mode: 0o600, size: content.length, content: Readable.from([content]) };
}

/** One row a line, its table before it. Gives the version of the tables. */
async function writeRows({ storage }: Crafter, file: string): Promise<number> {
  const out = await open(file, 'wx', 0o600);
  try {
    const dumped = await dumpDatabase(storage.connectionString, async ({ table, row }) => {
      // Within JSON a line can only end between its parts.
      await out.write(`${table} ${row.replaceAll('\n', ' ')}\n`);
    });
    return dumped.version;
  } finally {
    await out.close();
  }
}

async function* treeEntries(root: string, path: string, leftOut: string[]): AsyncGenerator<ArchiveEntry> {
  const unlessGone = (what: string) => (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || what.includes('\uFFFD')) leftOut.push(what);
  };
  const names = (await readdir(join(root, path)).catch(unlessGone(path))) ?? [];
  for (const name of names.toSorted()) {
    const inner = `${path}/${name}`;
    if (Buffer.byteLength(inner) > longestBackupPath) {
      leftOut.push(inner);
      continue;
    }
    const found = await lstat(join(root, inner)).catch(unlessGone(inner));
    if (found?.isDirectory() === true) {
      yield { path: inner, mode: found.mode & 0o777, size: 0 };
      yield* treeEntries(root, inner, leftOut);
    } else if (found?.isFile() === true) yield* fileEntry(join(root, inner), inner, leftOut);
    else if (found !== undefined) leftOut.push(inner);
  }
}

/**
 * Servers own what lies in their workspaces, and could put a link to anything in the place of a file at this very moment:
 * what was opened counts only when it lies where it was looked for.
 */
async function* fileEntry(file: string, path: string, leftOut: string[]): AsyncGenerator<ArchiveEntry> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES' || error.code === 'ELOOP') leftOut.push(path);
    else if (error.code !== 'ENOENT') throw error;
  });
  if (handle === undefined) return;
  try {
    const found = await handle.stat();
    if (!found.isFile() || (await readlink(`/proc/self/fd/${handle.fd}`)) !== file) return;
    const content =
      found.size === 0 ? Readable.from([]) : handle.createReadStream({ autoClose: false, end: found.size - 1 });
    yield { path, mode: found.mode & 0o777, size: found.size, content };
  } finally {
    await handle.close();
  }
}

function isThere(file: string): CrafterError {
  return new CrafterError('CONFLICT', `${file} is there already.`, { hint: 'Name a file that does not exist yet.' });
}
