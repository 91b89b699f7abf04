import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProjectFiles } from '../spec/index.ts';
import { CrafterError } from '../errors.ts';

/**
 * Writes a file whole or not at all: beside its place, flushed, then renamed in. A symbolic link is followed, so
 * that its target changes; without `mode` an existing file keeps its permissions and owner.
 */
export async function writeAtomically(file: string, data: string | Uint8Array, mode?: number): Promise<void> {
  const target = await realpath(file).catch(() => file);
  const before = await stat(target).catch(() => undefined);
  await mkdir(dirname(target), { recursive: true });
  const beside = besideOf(target);
  try {
    const handle = await open(beside, 'wx', mode ?? (before ? before.mode & 0o777 : 0o666));
    try {
      await handle.writeFile(data);
      if (before && mode === undefined) await handle.chmod(before.mode & 0o777);
      if (before && before.uid !== process.getuid?.()) await chown(beside, before.uid, before.gid).catch(() => {});
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/**
 * Makes a folder hold exactly these files: the tree is made beside its place and renamed in, what stood there is
 * removed after that. A crash in between leaves either the old or the new tree whole, at worst beside its place.
 * @throws INTERNAL for a file path that is not relative or climbs out.
 */
export async function writeTree(folder: string, files: ProjectFiles): Promise<void> {
  const beside = besideOf(folder);
  const old = `${beside}.old`;
  try {
    await mkdir(beside, { recursive: true });
    for (const [path, file] of files) await writeTreeFile(beside, path, file.text, file.executable === true);
    const replaced = await rename(folder, old).then(() => true, ignoreMissing);
    await rename(beside, folder).catch(async (error: unknown) => {
      if (replaced) await rename(old, folder);
      throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

async function writeTreeFile(root: string, path: string, text: string, executable: boolean): Promise<void> {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => part === '..')) {
    throw new CrafterError('INTERNAL', `The file path ${path} does not lie in its project.`, {
      hint: 'This is a fault in mcp-crafter. Please report it.',
    });
  }
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  if (executable) await chmod(file, 0o755);
}

const besideOf = (path: string): string => `${path.replace(/\/+$/, '')}.${randomBytes(6).toString('hex')}.tmp`;

function ignoreMissing(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}
