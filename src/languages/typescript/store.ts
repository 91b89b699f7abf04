import { constants } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DependencySet, Work } from '../../spec/index.ts';
import { sha256 } from '../../util/index.ts';
import { installedClosure } from './installed.ts';
import { ownVersion, type LockedPackages } from './lock.ts';
import type { PackageManager } from './npm.ts';

/** The parts of a generated project's package-lock.json that say what to install. */
interface Wanted {
  readonly direct: readonly string[];
  readonly packages: LockedPackages;
  readonly packageJson: string;
  readonly packageLock: string;
}

/** Tools that check and bundle; they are mcp-crafter's own and never part of a server's dependencies. */
const tools = new Set(['typescript']);

/**
 * The dependencies of a server as a folder that is made once per version set. What mcp-crafter has itself is linked
 * from there; only other packages are fetched.
 */
export async function installSet(
  wanted: Wanted,
  store: string,
  npm: PackageManager,
  work: Work,
): Promise<DependencySet> {
  const list = Object.entries(wanted.packages).map(
    ([place, { version, integrity }]) => `${place}@${version} ${integrity ?? ''}`,
  );
  const digest = sha256(list.toSorted().join('\n'));
  const target = join(store, digest);
  const set = { path: join(target, 'node_modules'), digest };
  if (await exists(set.path)) return set;
  work.progress('Preparing dependencies');
  await mkdir(store, { recursive: true });
  const beside = await mkdtemp(join(store, '.new-'));
  try {
    if (wanted.direct.every((name) => ownVersion(name) === wanted.packages[`node_modules/${name}`]?.version)) {
      await linkOwn(
        wanted.direct.filter((name) => !tools.has(name)),
        beside,
      );
    } else {
      await npm.install(wanted.packageJson, wanted.packageLock, beside, work);
    }
    await rename(beside, target).catch(async (error: unknown) => {
      // Another build was faster with the same set.
      if (!(await exists(set.path))) throw error;
    });
    return set;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function linkOwn(names: readonly string[], folder: string): Promise<void> {
  const placed = [...installedClosure(names)].filter(
    ([, source]) => !/[\\/]@typescript[\\/]|[\\/]typescript$/.test(source),
  );
  await Promise.all(placed.map(([place, source]) => linkTree(source, join(folder, place))));
}

/** Hard links where the file system has them, else copies; maps and nested packages stay behind. */
async function linkTree(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const entries = await readdir(source, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const from = join(source, entry.name);
      const to = join(target, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' ? undefined : linkTree(from, to);
      if (!entry.isFile() || entry.name.endsWith('.map')) return undefined;
      return link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
    }),
  );
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
