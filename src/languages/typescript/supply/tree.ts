import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { closure, ownPackages, type LockedPackages } from '../lock.ts';
import { nameOf, refused } from './refuse.ts';

/**
 * SHA-256 over paths and contents of packages, hex.
 * @param folders Relative to `root`. @throws CrafterError DEPENDENCY_REFUSED for links, and all that is no file or folder.
 */
export async function treeDigest(root: string, folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesOf(root, folders)) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Another whenever a file was written to, replaced or touched; a small part of the work of reading them. */
export async function treeTrace(root: string, folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesOf(root, folders)) {
    const { size, mtimeMs, ctimeMs, ino } = await lstat(join(root, path));
    hash.update(JSON.stringify([path, size, mtimeMs, ctimeMs, ino]));
  }
  return hash.digest('hex');
}

/** @throws CrafterError DEPENDENCY_REFUSED unless exactly packages that the lock names were installed. */
export async function refuseOthers(nodeModules: string, packages: LockedPackages): Promise<void> {
  for (const path of await filesOf(nodeModules, ['.'])) {
    const [, place] =
      /^((?:node_modules|.*\/node_modules)\/(?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(`node_modules/${path}`) ?? [];
    if (place === undefined) continue;
    const { name, version } = await manifestOf(join(nodeModules, path));
    const locked = packages[place];
    if (locked !== undefined && locked.version === version && nameOf(place, locked) === name) continue;
    throw refused(
      `What the registry gave for ${place} calls itself ${name} ${version}, and the lock says otherwise.`,
      'Leave the package out.',
    );
  }
}

/**
 * Pins may come with a document: only names that the server itself asks for are judged, so nothing else may come along.
 * @throws CrafterError DEPENDENCY_REFUSED for a package that none of those asked for needs, by what they say themselves.
 */
export async function refuseUnneeded(
  nodeModules: string,
  asked: readonly string[],
  packages: LockedPackages,
): Promise<void> {
  const said = Object.entries(packages).map(async ([place, { version }]) => {
    const manifest = await manifestOf(join(nodeModules, '..', place, 'package.json'));
    const needs = ['dependencies', 'optionalDependencies', 'peerDependencies'].map((field) => [
      field,
      manifest[field] ?? {},
    ]);
    return [place, { version, ...Object.fromEntries(needs) }] as const;
  });
  const needed = closure({ ...ownPackages(), ...Object.fromEntries(await Promise.all(said)) }, asked);
  const place = Object.keys(packages).find((each) => !needed.has(each));
  if (place === undefined) return;
  throw refused(
    `${nameOf(place, packages[place]!)} is pinned, and no package that the server asks for needs it.`,
    'Name it among the dependencies, or take it out of their pins.',
  );
}

async function manifestOf(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function filesOf(root: string, folders: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(root, join(entry.parentPath, entry.name));
      if (entry.isFile()) files.push(path);
      else if (!entry.isDirectory())
        throw refused(`A package holds ${path}, which is no file.`, 'Leave the package out.');
    }
  }
  return files.toSorted();
}
