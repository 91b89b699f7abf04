import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, chown, mkdir, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CrafterError } from '../errors.ts';

export async function readConfig(file: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    const text = bytes.toString('utf8');
    if (bytes.equals(Buffer.from(text))) return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CrafterError('INVALID_INPUT', `${file} cannot be read: ${(error as Error).message}`, {
      hint: 'Check the permissions of the file.',
    });
  }
  throw new CrafterError('INVALID_INPUT', `${file} is not written in UTF-8. It was left as it is.`, {
    hint: 'Save it as UTF-8, which clients read, and connect again.',
  });
}

/** Where a link leads, also when nothing is there yet. */
export async function followLink(file: string, most = 40): Promise<string> {
  const target = await readlink(file).catch(() => undefined);
  if (target === undefined || most === 0) return realpath(file).catch(() => file);
  return followLink(resolve(dirname(file), target), most - 1);
}

export const backupOf = (file: string): string => `${file}.mcp-crafter-backup`;

/** Replaces the file in one step, with a copy beside it of what it was: a new one, the one that is there, or none. */
export async function replaceFile(
  file: string,
  before: string | undefined,
  after: string,
  copy: 'renew' | 'keep' | 'remove',
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const found = before === undefined ? undefined : await stat(file);
  const place = async (path: string, text: string): Promise<void> => {
    const temporary = `${path}.${randomUUID()}`;
    try {
      await writeFile(temporary, text, { mode: 0o600 });
      if (found !== undefined) await likeBefore(temporary, found);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw new CrafterError('INVALID_INPUT', `${file} cannot be written: ${(error as Error).message}`, {
        hint: 'Check the permissions of its folder.',
      });
    }
  };
  if (copy === 'renew' && before !== undefined) await place(backupOf(file), before);
  await place(file, after);
  if (copy === 'remove') await rm(backupOf(file), { force: true });
}

/** Takes away a file that we made. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(backupOf(file), { force: true });
}

/** Who may read a file, and whose it is, stay as they were. */
async function likeBefore(path: string, { mode, uid, gid }: Stats): Promise<void> {
  await chown(path, uid, gid).catch(() => undefined);
  await chmod(path, mode & 0o7777);
}

export function formatting(text: string | undefined): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text?.includes('\r\n') ? '\r\n' : '\n',
  };
}
