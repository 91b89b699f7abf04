import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import type { FolderContext } from '#runtime/context.ts';

/** A file as a tool's answer names it. */
export interface WrittenFile {
  /** Relative to the workspace, or absolute in a granted folder. */
  readonly file: string;
  readonly bytes: number;
}

export type Write = (text: string) => Promise<void>;

const bufferedCharacters = 64 * 1024;

/**
 * Writes a file whole or not at all, however large: `fill` writes pieces beside the place, then the file is renamed in.
 * When `fill` throws, nothing is left behind.
 */
export async function writeFileInPieces(
  context: FolderContext,
  path: string,
  fill: (write: Write) => Promise<void>,
): Promise<WrittenFile> {
  const target = await context.folders.toWrite(path);
  const beside = `${target}.${randomBytes(4).toString('hex')}.part`;
  const handle = await open(beside, 'wx', 0o600);
  let bytes = 0;
  try {
    let buffer = '';
    const flush = async (): Promise<void> => {
      bytes += (await handle.write(buffer)).bytesWritten;
      buffer = '';
    };
    await fill(async (text) => {
      buffer += text;
      if (buffer.length >= bufferedCharacters) await flush();
    });
    await flush();
    await handle.close();
    await rename(beside, target);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(beside, { force: true });
    throw error;
  }
  return { file: await shownPath(context, target), bytes };
}

/** A path as answers show it: relative to the workspace where it lies in it. */
export async function shownPath(context: FolderContext, path: string): Promise<string> {
  const workspace = context.folders.roots[0]?.path;
  if (workspace === undefined) return path;
  const inside = relative(await realpath(workspace), path);
  return inside === '' || inside.startsWith('..') ? path : inside;
}
