import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, readdir, readlink, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { CrafterError } from '../errors.ts';
import { removeTree } from '../sandbox/index.ts';
import { parseInput, parseJson } from '../spec/index.ts';
import type { Grants } from '../spec/index.ts';
import {
  backupFormat,
  backupNames,
  loadDatabase,
  longestBackupPath,
  prepareStateFolder,
  readTar,
  refused,
  rowsOf,
  soundRows,
} from '../storage/index.ts';
import type { ArchiveEntry } from '../storage/index.ts';

const about = z.object({ format: z.literal(backupFormat), tables: z.int().min(1) });

/** Most files and folders. */
const mostEntries = 2_000_000;

interface Unpacked {
  readonly files: number;
  readonly bytes: number;
}

/** What it may do from now on is what the backup says, which may be somebody else's. */
interface RestoredServer {
  readonly name: string;
  /** By the next start of a service. */
  readonly starts: boolean;
  readonly grants: Grants;
  /** Folder that its next versions are written to as well. */
  readonly out?: string;
}

export interface Restored extends Unpacked {
  readonly servers: readonly RestoredServer[];
}

/**
 * Makes a state folder of a backup: whole or not at all. The archive is data from outside: names, kinds and sizes are looked
 * at before anything is written, all rows before any, and it may not fill the disk. Nothing is started.
 * @param databaseUrl where the rows go instead of a database of the folder's own; must be empty.
 * @throws CrafterError CONFLICT for a folder that holds something, INVALID_INPUT for what is no backup, DISK_FULL, NOT_FOUND.
 */
export async function restoreState(stateFolder: string, file: string, databaseUrl?: string): Promise<Restored> {
  await refuseFilled(stateFolder);
  if ((await stat(file).catch(() => undefined))?.isFile() !== true) throw noFile(file);
  const beside = await prepareStateFolder(`${stateFolder}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const unpacked = await unpack(file, beside);
    const rows = join(beside, backupNames.rows);
    const text = await readFile(join(beside, backupNames.about), 'utf8');
    const { tables } = parseInput(about, parseJson(text), 'backup');
    const servers = await serversIn(rows);
    const config = { stateFolder: beside, ...(databaseUrl === undefined ? {} : { databaseUrl }) };
    await loadDatabase(config, tables, soundRows(rowsOf(rows)));
    await rm(rows);
    await rm(join(beside, backupNames.about));
    await rename(beside, stateFolder);
    return { ...unpacked, servers };
  } finally {
    await removeWhole(beside);
  }
}

/** Looks at all rows; a backup with an unsound one is refused. */
async function serversIn(rows: string): Promise<RestoredServer[]> {
  const found: RestoredServer[] = [];
  for await (const { server } of soundRows(rowsOf(rows))) {
    if (server === undefined) continue;
    const { name, desired, blueprint, out } = server;
    const { grants } = blueprint;
    found.push({ name, starts: desired === 'running', grants, ...(out === undefined ? {} : { out }) });
  }
  return found;
}

async function unpack(file: string, into: string): Promise<Unpacked> {
  const gunzip = createGunzip();
  const reading = pipeline(createReadStream(file), gunzip);
  // Told by whoever reads from it.
  reading.catch(() => undefined);
  const { bavail, bsize } = await statfs(into);
  const room = bavail * bsize * 0.9;
  const seen = new Set<string>();
  let bytes = 0;
  try {
    for await (const entry of readTar(gunzip)) {
      refuseStray(entry, seen);
      bytes += entry.size;
      if (bytes > room) throw noRoom(into);
      await lay(entry, join(into, entry.path));
    }
  } catch (error) {
    throw error instanceof CrafterError || (error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true
      ? error
      : refused('it is not compressed as a backup is');
  } finally {
    gunzip.destroy();
  }
  for (const name of [backupNames.about, backupNames.rows, backupNames.key])
    if (!seen.has(name)) throw refused(`${name} is missing in it`);
  return { files: seen.size, bytes };
}

/** Only what a backup holds, each thing once, nothing outside. */
function refuseStray({ path, content }: ArchiveEntry, seen: Set<string>): void {
  const parts = path.split('/');
  const [top = ''] = parts;
  const isPart = (part: string): boolean => part !== '' && part !== '.' && part !== '..' && !part.includes('\0');
  const single = [backupNames.about, backupNames.rows, backupNames.key] as readonly string[];
  const known = single.includes(top)
    ? parts.length === 1 && content !== undefined
    : (backupNames.folders as readonly string[]).includes(top) && parts.length > 1;
  if (!known || !parts.every(isPart) || Buffer.byteLength(path) > longestBackupPath)
    throw refused(`${JSON.stringify(path.slice(0, 200))} is no place of a state folder`);
  if (seen.has(path)) throw refused(`${JSON.stringify(path.slice(0, 200))} stands in it twice`);
  if (seen.add(path).size > mostEntries) throw refused('it holds too many files');
}

/** No link is ever made, so that no path leads outside. */
async function lay({ path, mode, content }: ArchiveEntry, place: string): Promise<void> {
  if (content === undefined) return void (await mkdir(place, { recursive: true, mode: mode | 0o700 }));
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const own = path === backupNames.key || path === backupNames.rows ? 0o600 : mode | 0o600;
  await pipeline(Readable.from(content), createWriteStream(place, { flags: 'wx', mode: own }));
}

async function refuseFilled(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (names.length === 0) return;
  throw new CrafterError('CONFLICT', `The state folder ${folder} is not empty.`, {
    hint: 'Set MCP_CRAFTER_HOME to a folder that is empty or does not exist; the service must not run there.',
  });
}

/** A database that could not lie in the folder is linked from it. */
async function removeWhole(folder: string): Promise<void> {
  const linked = await readlink(join(folder, 'postgres')).catch(() => undefined);
  await removeTree(folder);
  if (linked !== undefined) await removeTree(linked);
}

const noFile = (file: string): CrafterError =>
  new CrafterError('NOT_FOUND', `There is no file ${file}.`, { hint: 'Name a file that `mcp-crafter backup` wrote.' });

const noRoom = (folder: string): CrafterError =>
  new CrafterError('DISK_FULL', `The backup holds more than there is room for in ${dirname(folder)}.`, {
    hint: 'Set MCP_CRAFTER_HOME to a folder on a larger disk.',
  });
