import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CrafterError } from '../errors.ts';

export async function readConfig(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CrafterError('INVALID_INPUT', `${file} cannot be read: ${(error as Error).message}`, {
      hint: 'Check the permissions of the file.',
    });
  }
}

export async function followLink(file: string): Promise<string> {
  return realpath(file).catch(() => file);
}

/** Keeps a copy beside the file (one, of the last state before ours) and replaces the file in one step. */
export async function replaceFile(
  file: string,
  before: string | undefined,
  after: string,
): Promise<{ backup?: string }> {
  await mkdir(dirname(file), { recursive: true });
  const mode = before === undefined ? 0o600 : (await stat(file)).mode & 0o777;
  const place = async (path: string, text: string): Promise<void> => {
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, text, { mode });
    await rename(temporary, path);
  };
  const backup = `${file}.mcp-crafter-backup`;
  if (before !== undefined) await place(backup, before);
  await place(file, after);
  return before === undefined ? {} : { backup };
}

export function formatting(text: string | undefined): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text?.includes('\r\n') ? '\r\n' : '\n',
  };
}
