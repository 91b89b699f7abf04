import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { ToolError } from './errors.ts';

export async function readBounded(real: string, path: string, maxBytes: number): Promise<string> {
  const info = await stat(real);
  if (!info.isFile()) throw new ToolError(`${JSON.stringify(path)} is no regular file.`, 'Give the path of a file.');
  if (info.size > maxBytes) {
    throw new ToolError(
      `${JSON.stringify(path)} has ${info.size} bytes, over the limit of ${maxBytes}.`,
      'Split the file or use a smaller one.',
    );
  }
  const file = await open(real);
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

export async function replaceFile(target: string, content: string | Uint8Array): Promise<void> {
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}`);
  try {
    await writeFile(beside, content, { flag: 'wx' });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new ToolError(`Cannot write ${JSON.stringify(basename(target))}: ${code}.`, 'Choose another path.');
  }
}

export async function listFiles(folder: string, limit: number): Promise<string[]> {
  const found: string[] = [];
  const pending = [folder];
  // Each folder's entries are sorted, so that the limit cuts the same files on every machine.
  while (pending.length > 0 && found.length < limit) {
    const current = pending.shift()!;
    const entries = await readdir(current, { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(current, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) found.push(relative(folder, path));
    }
  }
  return found.slice(0, limit).toSorted();
}
