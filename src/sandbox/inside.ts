import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { CrafterError } from '../errors.ts';
import { SANDBOX_ID, runsAsRoot } from './host.ts';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/**
 * Lays texts below a folder that sandboxed code may be writing to at this moment: no link in it is followed, so that
 * nothing outside of it is changed. Names that would leave the folder are passed over.
 * @param files relative path to text.
 * @throws CrafterError SERVER_UNHEALTHY when something else stands where a folder or file belongs.
 */
export async function layFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const parts = partsOf(name);
    if (parts !== undefined) await layFile(folder, parts, text).catch((error: unknown) => blocked(name, error));
  }
}

/**
 * The beginning of a plain file below a folder that sandboxed code may be writing to, and the file's whole size in
 * bytes; undefined when there is none, or a link, pipe or other thing stands on the way to it.
 */
export async function readInside(folder: string, name: string, maxBytes: number): Promise<Beginning | undefined> {
  const parts = partsOf(name);
  if (parts === undefined) return undefined;
  try {
    return await withParent(folder, parts, false, (place) => beginningOf(place, O_NOFOLLOW, maxBytes));
  } catch {
    return undefined;
  }
}

/**
 * The same of a file wherever links lead, as folders of packages have them, for folders that others wrote and that do not
 * change: undefined for a pipe, which would hold up whoever reads it, and for a device, which may have no end.
 */
export async function readPlain(path: string, maxBytes: number): Promise<Beginning | undefined> {
  try {
    // Opening a device may do something already.
    return (await stat(path)).isFile() ? await beginningOf(path, 0, maxBytes) : undefined;
  } catch {
    return undefined;
  }
}

/** All of such a file as text; undefined, too, when it is larger than 128 MB: more than any project of ours has. */
export async function plainText(path: string): Promise<string | undefined> {
  const found = await readPlain(path, mostText);
  return found === undefined || found.size > mostText ? undefined : found.bytes.toString();
}

const mostText = 128 * 1024 * 1024;

interface Beginning {
  readonly bytes: Buffer;
  /** Of the whole file, in bytes. */
  readonly size: number;
}

async function beginningOf(path: string, flags: number, maxBytes: number): Promise<Beginning | undefined> {
  // Opening a pipe would wait for somebody to write into it.
  const file = await open(path, O_RDONLY | O_NONBLOCK | flags);
  try {
    const info = await file.stat();
    if (!info.isFile()) return undefined;
    const buffer = Buffer.alloc(Math.min(info.size, maxBytes));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return { bytes: buffer.subarray(0, bytesRead), size: info.size };
  } finally {
    await file.close();
  }
}

function partsOf(name: string): readonly string[] | undefined {
  const parts = name.split('/').filter((part) => part !== '.' && part !== '');
  const leaves = name.startsWith('/') || name.includes('\0') || parts.includes('..');
  return leaves || parts.length === 0 ? undefined : parts;
}

/** Written beside its place and renamed in: what stood there is replaced, never opened. */
function layFile(folder: string, parts: readonly string[], text: string): Promise<void> {
  return withParent(folder, parts, true, async (place) => {
    const beside = `${place.slice(0, place.lastIndexOf('/'))}/.${randomUUID()}`;
    const file = await open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
    try {
      await file.writeFile(text);
      await handOver(file);
      await rename(beside, place);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  });
}

/** Goes down folder by folder, each held open, so that none can be exchanged for a link on the way. */
async function withParent<T>(
  folder: string,
  parts: readonly string[],
  make: boolean,
  use: (place: string) => Promise<T>,
): Promise<T> {
  let path = folder;
  let held = await open(folder, O_RDONLY | O_DIRECTORY);
  try {
    for (const part of parts.slice(0, -1)) {
      const place = within(held, path, part);
      const made = make && (await mkdir(place).then(() => true, ignorePresent));
      const next = await open(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      await held.close();
      held = next;
      path = join(path, part);
      if (made) await handOver(held);
    }
    return await use(within(held, path, parts.at(-1) ?? ''));
  } finally {
    await held.close();
  }
}

/** Where there is no /proc there is no sandbox either, and nobody with fewer rights to be protected from. */
function within(folder: FileHandle, path: string, name: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${folder.fd}/${name}` : join(path, name);
}

async function handOver(made: FileHandle): Promise<void> {
  if (runsAsRoot()) await made.chown(SANDBOX_ID, SANDBOX_ID);
}

function ignorePresent(error: NodeJS.ErrnoException): false {
  if (error.code === 'EEXIST') return false;
  throw error;
}

function blocked(name: string, cause: unknown): never {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  throw new CrafterError('SERVER_UNHEALTHY', `The file ${name} cannot be laid into the workspace: ${code}.`, {
    hint: 'A tool put something else where the file, or a folder above it, belongs. Look at its code.',
    cause,
  });
}
