import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { removeTree } from '../sandbox/index.ts';
import { placesOf } from './places.ts';

/**
 * Removes the artifacts that no server is made of any more. Does nothing while a build is under way, which may have
 * kept an artifact that is not registered yet.
 */
export async function pruneArtifacts(crafter: Crafter): Promise<void> {
  const { storage, stateFolder } = crafter;
  if ((await storage.builds.list({ unfinished: true, limit: 1 })).length > 0) return;
  const used = new Set((await storage.servers.list()).map(({ artifact }) => artifact));
  const folder = dirname(placesOf(stateFolder).artifact('any'));
  for (const digest of await readdir(folder)) if (!used.has(digest)) await removeTree(join(folder, digest));
}
