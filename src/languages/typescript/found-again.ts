import { link, mkdir, mkdtemp, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../../sandbox/index.ts';
import { digestOf } from './folder-digest.ts';

/** Results kept; the ones that were of no use for the longest time go. */
const most = 40;

/** What came out of code, by its key: the same code is not looked at twice. */
export interface FoundAgain {
  /** Whether the tools had nothing to say of it. */
  isClean(key: string): Promise<boolean>;
  keepClean(key: string): Promise<void>;
  /** Puts the files of its bundle into an empty folder; false when there is none. */
  bundle(key: string, into: string): Promise<boolean>;
  keepBundle(key: string, from: string): Promise<void>;
}

/** @param folder Absolute; made when first needed. Servers do not see it. */
export function openFoundAgain(folder: string): FoundAgain {
  const clean = join(folder, 'clean');
  const bundles = join(folder, 'bundles');
  return {
    isClean: (key) => use(join(clean, key)),
    async keepClean(key) {
      await mkdir(clean, { recursive: true, mode: 0o700 });
      await writeFile(join(clean, key), '');
      await forgetOld(clean);
    },
    async bundle(key, into) {
      // Its name is the digest of its files: one that a crash of the machine has torn is not taken.
      const [digest] = await readdir(join(bundles, key)).catch(() => []);
      if (digest === undefined) return false;
      const kept = join(bundles, key, digest);
      if ((await digestOf(kept)).digest !== digest) return false;
      await linkAll(kept, into);
      return use(join(bundles, key));
    },
    async keepBundle(key, from) {
      const { digest } = await digestOf(from);
      const place = join(bundles, key);
      await mkdir(bundles, { recursive: true, mode: 0o700 });
      const beside = await mkdtemp(join(bundles, '.new-'));
      try {
        await mkdir(join(beside, digest));
        await linkAll(from, join(beside, digest));
        await removeTree(place);
        // Another build may have been faster with the same.
        await rename(beside, place).catch(() => undefined);
      } finally {
        await removeTree(beside);
      }
      await forgetOld(bundles);
    },
  };
}

/** Bundles are never written to again, so that each of their files lies on the disk once. */
async function linkAll(from: string, into: string): Promise<void> {
  for (const name of await readdir(from)) await link(join(from, name), join(into, name));
}

/** Whether it is there; from now on it is the one used last. */
async function use(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

async function forgetOld(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= most) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  for (const { name } of dated.toSorted((a, b) => b.at - a.at).slice(most))
    await removeTree(join(folder, name));
}
