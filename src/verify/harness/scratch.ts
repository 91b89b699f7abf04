import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Makes a throwaway folder below the state folder; short, since sockets in it may hold 107 bytes of path. */
export async function makeScratch(stateFolder: string): Promise<{ path: string; remove(): Promise<void> }> {
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  const path = await mkdtemp(join(stateFolder, 'tmp', 'v-'));
  // As root the sandbox's user has to pass through.
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Lays texts below a folder; names that would leave it are passed over. */
export async function layFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const path = resolve(folder, name);
    if (!path.startsWith(folder + sep)) continue;
    await mkdir(dirname(path), { recursive: true, mode: 0o777 });
    await openUp(folder, dirname(path));
    await writeFile(path, text);
    await chmod(path, 0o666);
  }
}

/** As root, folders made here must be writable for the sandbox's user as well. */
async function openUp(folder: string, inner: string): Promise<void> {
  for (let path = inner; path.startsWith(folder + sep); path = dirname(path))
    await chmod(path, 0o777).catch(() => undefined);
}

const mostFiles = 2000;

/** Digest of every file below a folder by relative path; links are not followed. */
export async function snapshotFolder(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).slice(0, mostFiles);
  const digests = await Promise.all(
    files.map(async (entry): Promise<[string, string]> => {
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path).catch(() => Buffer.alloc(0));
      return [relative(folder, path), createHash('sha256').update(bytes).digest('hex')];
    }),
  );
  return new Map(digests.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Relative paths that were added, removed or changed between two snapshots. */
export function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
