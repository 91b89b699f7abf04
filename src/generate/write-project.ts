import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CrafterError } from '../errors.ts';
import type { ProjectFile, ProjectFiles } from '../spec/index.ts';
import { sha256 } from '../util/index.ts';

export interface WriteOptions {
  /** SHA-256 of each file as it was last generated here, hex, by relative path. Absent: nothing was. */
  readonly baseline?: Readonly<Record<string, string>>;
}

/** Relative paths, sorted. */
export interface WrittenProject {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Files that a person changed or put there: left as they are. */
  readonly kept: readonly string[];
}

/**
 * Brings a folder to the given files. A file that is neither as last generated nor as it is to be belongs to a person
 * and stays. A new folder appears whole or not at all; in an old one each file does.
 */
export async function writeProject(
  dir: string,
  files: ProjectFiles,
  { baseline = {} }: WriteOptions = {},
): Promise<WrittenProject> {
  await removeUnfinished(dir, files);
  if ((await lstat(dir).catch(() => undefined)) === undefined) return createWhole(dir, files);
  const written: string[] = [];
  const removed: string[] = [];
  const kept: string[] = [];
  for (const [path, file] of files) {
    const current = await digestOf(join(dir, path));
    if (current === sha256(file.text)) continue;
    if (current !== undefined && current !== baseline[path]) kept.push(path);
    else {
      await replace(join(dir, path), file);
      written.push(path);
    }
  }
  for (const path of Object.keys(baseline).filter((each) => !files.has(each))) {
    const current = await digestOf(join(dir, path));
    if (current === undefined) continue;
    if (current !== baseline[path]) kept.push(path);
    else {
      await rm(join(dir, path));
      await removeEmpty(dir, dirname(path));
      removed.push(path);
    }
  }
  return { written: written.toSorted(), removed: removed.toSorted(), kept: kept.toSorted() };
}

/** What a writer that was killed left beside the places it was about to fill; one folder has one writer at a time. */
async function removeUnfinished(dir: string, files: ProjectFiles): Promise<void> {
  const places = [dir, ...[...files.keys()].map((path) => join(dir, path))];
  for (const folder of new Set(places.map((place) => dirname(place)))) {
    for (const name of await readdir(folder).catch(() => [])) {
      const place = join(folder, name.replace(unfinished, ''));
      if (unfinished.test(name) && places.includes(place))
        await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

const unfinished = /\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.new$/;

async function createWhole(dir: string, files: ProjectFiles): Promise<WrittenProject> {
  await mkdir(dirname(dir), { recursive: true });
  const beside = `${dir}.${randomUUID()}.new`;
  try {
    await mkdir(beside);
    for (const [path, file] of files) await write(join(beside, path), file);
    await rename(beside, dir);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return { written: [...files.keys()].toSorted(), removed: [], kept: [] };
}

/** What stands at a path: its digest, nothing, or something that is no file and so is a person's. */
async function digestOf(path: string): Promise<string | undefined> {
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined) return undefined;
  return info.isFile() ? sha256(await readFile(path)) : 'no file';
}

async function replace(path: string, file: ProjectFile): Promise<void> {
  const beside = `${path}.${randomUUID()}.new`;
  try {
    await write(beside, file);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new CrafterError('CONFLICT', `${path} cannot be written: ${(error as Error).message}`, {
      hint: 'Free the path and try again.',
      cause: error,
    });
  }
}

async function write(path: string, file: ProjectFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, file.text);
  // The mode of a new file depends on the umask; a project's does not.
  await chmod(path, file.executable ? 0o755 : 0o644);
}

async function removeEmpty(dir: string, folder: string): Promise<void> {
  if (folder === '.') return;
  const empty = await rmdir(join(dir, folder)).then(
    () => true,
    () => false,
  );
  if (empty) await removeEmpty(dir, dirname(folder));
}
