import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { Dirent } from 'node:fs';
import { chmod, open, opendir, rename, rm, rmdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants;
/** Holds a folder that may not be read (open(2); the same on x64 and arm64). */
const O_PATH = 0o10000000;
/** Folders held open one within the other; what lies deeper moves up first, so that no path gets long either. */
const mostHeld = 16;
/** How often a tree is gone over, each time for so many levels: more are made only by somebody who goes on making them. */
const mostTurns = 100_000;

/**
 * Removes a tree that foreign code may have written, and its folder, if there is one: with paths longer than the system
 * takes, folders that may not be read, names that are no text. No link is followed, though things are exchanged meanwhile.
 */
export async function removeTree(path: string): Promise<void> {
  const root = process.platform === 'linux' ? await openFolder(Buffer.from(path)) : undefined;
  if (root === undefined) return rm(path, { recursive: process.platform !== 'linux', force: true });
  try {
    for (let turn = 1; ; turn++) {
      const goesOn = await empty(root, root, mostHeld);
      if (await isRemoved(path, goesOn && turn < mostTurns)) return;
    }
  } finally {
    await root.close();
  }
}

/** Whether anything went. */
async function empty(folder: FileHandle, root: FileHandle, depth: number): Promise<boolean> {
  let went = false;
  const entries = await opendir(within(folder), { encoding: 'buffer' as BufferEncoding, bufferSize: 256 });
  for await (const entry of entries as unknown as AsyncIterable<Dirent<Buffer>>) {
    const place = within(folder, entry.name);
    const done = entry.isDirectory()
      ? await emptyFolder(place, root, depth)
      : await unlink(place).then(yes, ignoreGone);
    went ||= done === true;
  }
  return went;
}

async function emptyFolder(place: Buffer, root: FileHandle, depth: number): Promise<boolean | void> {
  if (depth === 0) return moveUp(place, within(root, Buffer.from(`.${randomUUID()}`)));
  const folder = await openFolder(place);
  if (folder === undefined) return false;
  try {
    await empty(folder, root, depth - 1);
  } finally {
    await folder.close();
  }
  return isRemoved(place, true);
}

/** Whoever is not root may move a folder only where it may be written to. */
function moveUp(from: Buffer, to: Buffer): Promise<boolean | void> {
  return rename(from, to).then(yes, async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') return ignoreGone(error);
    await (await openFolder(from))?.close();
    return rename(from, to).then(yes);
  });
}

/** A folder, held open and ours to empty; undefined when there is none, or something else. */
async function openFolder(path: Buffer): Promise<FileHandle | undefined> {
  try {
    const folder = await open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (process.getuid?.() !== 0) await folder.chmod(0o700).catch(() => undefined);
    return folder;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') return openShut(path);
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return undefined;
    throw error;
  }
}

async function openShut(path: Buffer): Promise<FileHandle> {
  const held = await open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW);
  try {
    await chmod(within(held), 0o700);
    return await open(within(held), O_RDONLY | O_DIRECTORY);
  } finally {
    await held.close();
  }
}

/** Whether it was empty, and is gone; not when something is in it, unless that is not to be (any more). */
async function isRemoved(folder: Buffer | string, mayBeFull: boolean): Promise<boolean> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (mayBeFull && (error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return false;
    ignoreGone(error as NodeJS.ErrnoException);
  }
  return true;
}

/** The place of a held folder, or of a name in it, whatever has become of its path. */
function within({ fd }: FileHandle, name: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(`/proc/self/fd/${fd}/`), name]);
}

const yes = (): true => true;

function ignoreGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
