import { realpath } from 'node:fs/promises';
import type { Blueprint, FolderGrant, Grants } from '../spec/index.ts';
import type { Wish } from './wish-types.ts';
import { grantWish } from './wish.ts';
import type { Granted } from './wish.ts';

/**
 * Adds what the user grants and sets to a Blueprint that is about to be built, and remembers where its folders lead now.
 * Those of `had` keep what was remembered, unless the user grants them again; what a document says of it counts for nothing.
 * @throws CrafterError INVALID_INPUT as grantWish does.
 */
export async function grantNow(wanted: Blueprint, wish: Wish, had?: Grants): Promise<Granted> {
  const { blueprint, secrets } = grantWish(wanted, wish);
  const remembered = async ({ path, access }: FolderGrant): Promise<FolderGrant> => {
    const known = had?.folders.find((folder) => folder.path === path);
    const isNew = known === undefined || wish.folders.some((folder) => folder.path === path);
    const real = isNew ? await realpath(path).catch(() => undefined) : known.real;
    return { path, access, ...(real === undefined ? {} : { real }) };
  };
  const folders = await Promise.all(blueprint.grants.folders.map(remembered));
  return { blueprint: { ...blueprint, grants: { ...blueprint.grants, folders } }, secrets };
}
