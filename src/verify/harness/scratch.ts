import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readInside, removeTree, walkTree } from '../../sandbox/index.ts';

/** Makes a throwaway folder below the state folder; short, since sockets in it may hold 107 bytes of path. */
export async function makeScratch(stateFolder: string): Promise<{ path: string; remove(): Promise<void> }> {
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  const path = await mkdtemp(join(stateFolder, 'tmp', 'v-'));
  // As root the sandbox's user has to pass through.
  await chmod(path, 0o711);
  return { path, remove: () => removeTree(path) };
}

const mostFiles = 2000;
/** Read of each file; what lies behind counts by the size alone. */
const mostBytes = 16 * 1024 * 1024;

/** Digest of every file below a folder by relative path, and which folders cannot be listed; links are not followed. */
export async function snapshotFolder(folder: string): Promise<Map<string, string>> {
  const digests: [string, string][] = [];
  for await (const { path: absolute, kind } of walkTree(folder)) {
    const path = relative(folder, absolute);
    if (kind === 'unreadable') digests.push([path, kind]);
    if (kind !== 'file') continue;
    if (digests.length === mostFiles) break;
    const found = await readInside(folder, path, mostBytes);
    if (found === undefined) continue;
    digests.push([path, createHash('sha256').update(`${found.size}\0`).update(found.bytes).digest('hex')]);
  }
  return new Map(digests.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Relative paths that were added, removed or changed between two snapshots. */
export function changedFiles(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).sort();
}
