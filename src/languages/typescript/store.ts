import { constants } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeTree } from '../../sandbox/index.ts';
import type { DependencySet, Work } from '../../spec/index.ts';
import { sha256 } from '../../util/index.ts';
import { installedClosure } from './installed.ts';
import { lookUp, ownPackages, type LockedPackages } from './lock.ts';
import type { PackageManager } from './npm.ts';
import {
  agelessOf,
  nameOf,
  refuseImitations,
  refuseUnproven,
  refuseYoung,
  type PackagePolicy,
} from './supply/refuse.ts';
import { isUnchanged, keepTimes, readSetRecord, writeSetRecord } from './supply/set-record.ts';
import { refuseOthers, refuseUnneeded } from './supply/tree.ts';

/** The parts of a generated project's package-lock.json that say what to install. */
interface Wanted {
  readonly direct: readonly string[];
  readonly packages: LockedPackages;
}

/** Tools that check and bundle; they are mcp-crafter's own and never part of a server's dependencies. */
const tools = new Set(['typescript']);

/**
 * The dependencies of a server as a folder that is made once per version set. What mcp-crafter has itself is linked
 * from there; only other packages are fetched. A set of fetched packages that was changed since is fetched again.
 * @throws CrafterError DEPENDENCY_UNAVAILABLE, DEPENDENCY_REFUSED.
 */
export async function installSet(
  wanted: Wanted,
  store: string,
  npm: PackageManager,
  work: Work,
  policy: PackagePolicy,
): Promise<DependencySet> {
  const added = addedTo(wanted.packages);
  const asked = wanted.direct.filter((name) => added[`node_modules/${name}`] !== undefined);
  // A document brings its pins along: whatever a package is called there, it is judged by the registry's name.
  refuseImitations(
    asked.map((name) => nameOf(`node_modules/${name}`, added[`node_modules/${name}`]!)),
    policy.allowed,
  );
  const list = Object.entries(wanted.packages).map(
    ([place, { version, integrity }]) => `${place}@${version} ${integrity ?? ''}`,
  );
  const digest = sha256([...list.toSorted(), ...asked.toSorted()].join('\n'));
  const target = join(store, digest);
  const set = { path: join(target, 'node_modules'), digest };
  refuseUnproven(added);
  await inTurn(target, async () => {
    if (Object.keys(added).length > 0) return fetchSet(wanted, { added, asked }, set.path, npm, work, policy);
    if (!(await exists(set.path))) await fill(target, work, (folder) => linkOwn(wanted.direct, folder));
  });
  return set;
}

async function fetchSet(
  wanted: Wanted,
  { added, asked }: { readonly added: LockedPackages; readonly asked: readonly string[] },
  path: string,
  npm: PackageManager,
  work: Work,
  policy: PackagePolicy,
): Promise<void> {
  const known = await readSetRecord(path);
  const isKept = known !== undefined && (await isUnchanged(path, known));
  // The registry may have been silent when the set was fetched.
  const dateless = isKept ? agelessOf(known.published, policy) : idsOf(added);
  const told = dateless.length === 0 ? {} : await npm.published(dateless, work);
  const published = isKept ? { ...known.published, ...told } : told;
  if (isKept && dateless.length > 0) await keepTimes(path, published);
  refuseYoung(published, policy);
  if (isKept) return;
  await removeTree(dirname(path));
  await fill(dirname(path), work, async (folder) => {
    const { packageJson, packageLock, folders } = projectOf(added);
    await npm.install(packageJson, packageLock, folder, work);
    const installed = join(folder, 'node_modules');
    await refuseOthers(installed, added);
    await refuseUnneeded(installed, asked, added);
    await linkOwn(
      wanted.direct.filter((name) => !folders.includes(name)),
      folder,
    );
    await writeSetRecord(installed, folders, published);
  });
}

const turns = new Map<string, Promise<unknown>>();

/** One at a time for each set: nobody takes away what another is just making. */
async function inTurn(target: string, work: () => Promise<void>): Promise<void> {
  const before = turns.get(target);
  const turn = (before ?? Promise.resolve()).catch(() => undefined).then(work);
  turns.set(target, turn);
  try {
    await turn;
  } finally {
    if (turns.get(target) === turn) turns.delete(target);
  }
}

/** Packages that mcp-crafter does not have itself. */
function addedTo(packages: LockedPackages): LockedPackages {
  const own = ownPackages();
  return Object.fromEntries(
    Object.entries(packages).filter(
      ([place, { version, integrity }]) => own[place]?.version !== version || own[place]?.integrity !== integrity,
    ),
  );
}

/** A project of only the packages that are to be fetched: what mcp-crafter has itself, nobody asks the registry for. */
function projectOf(added: LockedPackages): { packageJson: string; packageLock: string; folders: string[] } {
  const among = (needs: Readonly<Record<string, string>> | undefined, from: string) =>
    Object.fromEntries(Object.entries(needs ?? {}).filter(([name]) => lookUp(added, from, name) !== undefined));
  const packages = Object.entries(added).map(
    ([place, { peerDependencies: _peers, peerDependenciesMeta: _meta, ...entry }]) => [
      place,
      {
        ...entry,
        dependencies: among(entry.dependencies, place),
        optionalDependencies: among(entry.optionalDependencies, place),
      },
    ],
  );
  const folders = Object.keys(added)
    .filter((place) => place.lastIndexOf('node_modules/') === 0)
    .map((place) => nameOf(place, {}));
  const dependencies = Object.fromEntries(
    folders.map((folder) => {
      const entry = added[`node_modules/${folder}`]!;
      const name = nameOf(`node_modules/${folder}`, entry);
      return [folder, name === folder ? entry.version : `npm:${name}@${entry.version}`];
    }),
  );
  const root = { name: 'server', version: '1.0.0', dependencies };
  return {
    folders,
    packageJson: JSON.stringify(root),
    packageLock: JSON.stringify({
      ...root,
      lockfileVersion: 3,
      requires: true,
      packages: { '': root, ...(Object.fromEntries(packages) as LockedPackages) },
    }),
  };
}

function idsOf(packages: LockedPackages): string[] {
  return Object.entries(packages).map(([place, entry]) => `${nameOf(place, entry)}@${entry.version}`);
}

/** Makes a folder beside its place and moves it there. */
async function fill(target: string, work: Work, make: (folder: string) => Promise<void>): Promise<void> {
  work.progress('Preparing dependencies');
  await mkdir(dirname(target), { recursive: true });
  const beside = await mkdtemp(join(dirname(target), '.new-'));
  try {
    await make(beside);
    await rename(beside, target).catch(async (error: unknown) => {
      // Another build was faster with the same set.
      if (!(await exists(join(target, 'node_modules')))) throw error;
    });
  } finally {
    await removeTree(beside);
  }
}

async function linkOwn(names: readonly string[], folder: string): Promise<void> {
  const placed = [...installedClosure(names.filter((name) => !tools.has(name)))].filter(
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
