import type { Crafter } from '../crafter.ts';
import { removeTree } from '../sandbox/index.ts';
import { pruneArtifacts } from './artifacts.ts';
import { forgetLogged } from './build-log.ts';
import { forgetSecrets } from './launch-environment.ts';
import { placesOf } from './places.ts';

/** Stops a server and removes all that belongs to it, its history too; a folder the user named for its project stays. */
export async function removeServer(crafter: Crafter, name: string): Promise<void> {
  const places = placesOf(crafter.stateFolder);
  for (const build of await crafter.storage.builds.list({ server: name, unfinished: true }))
    await crafter.builds.cancel(build.id);
  // With its record goes its post: a service of the same database that runs it ends it then.
  await crafter.storage.servers.delete(name);
  crafter.holds.end(name);
  await crafter.fleet.stop(name);
  await forgetSecrets(crafter, name);
  await Promise.all([
    removeTree(places.server(name)),
    removeTree(places.folders(name).workspace),
    crafter.fleet.logs.remove(name),
  ]);
  forgetLogged(crafter, name);
  // Last: where this breaks off, the name is still known and can be deleted again.
  await crafter.builds.forget(name);
  await pruneArtifacts(crafter);
}
