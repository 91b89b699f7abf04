import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { removeTree } from '../sandbox/index.ts';
import type { Work } from '../spec/index.ts';
import { writeTree, type ServerRecord } from '../storage/index.ts';
import { newId } from '../util/index.ts';
import { placesOf } from './places.ts';

/**
 * Folder of what a server is started from. Where this state folder lacks it, since another service built it, it is made again
 * of the Blueprint: the same bytes.
 * @throws CrafterError SERVER_UNHEALTHY for a server without a build that passed, BUILD_FAILED when it comes out differently.
 */
export async function artifactOf(crafter: Crafter, record: ServerRecord): Promise<string> {
  const { name, artifact } = record;
  if (artifact === undefined)
    throw new CrafterError('SERVER_UNHEALTHY', `${name} has no build that passed.`, {
      hint: `Build it again with: mcp-crafter update ${name}`,
    });
  const place = placesOf(crafter.stateFolder).artifact(artifact);
  if (!(await isThere(place))) await remake(crafter, record, place);
  return place;
}

async function remake(crafter: Crafter, { name, blueprint, artifact }: ServerRecord, place: string): Promise<void> {
  const folder = join(placesOf(crafter.stateFolder).temporary, newId('remade'));
  const work: Work = { signal: new AbortController().signal, progress: () => undefined };
  try {
    const workshop = await crafter.workshop();
    const language = await workshop.language(blueprint.language);
    await writeTree(join(folder, 'project'), await workshop.generate(blueprint));
    const dependencies = await language.install(blueprint, work);
    const { digest } = await language.bundle(join(folder, 'project'), dependencies, join(folder, 'bundle'), work);
    if (digest !== artifact)
      throw new CrafterError(
        'BUILD_FAILED',
        `The bundle of ${name} is not here, and came out differently when it was made again.`,
        {
          hint: `Run the same version of mcp-crafter on all services of a database, or build it again: mcp-crafter update ${name}`,
        },
      );
    await mkdir(dirname(place), { recursive: true });
    // Somebody may have been first with the same.
    await rename(join(folder, 'bundle'), place).catch(async (error: unknown) => {
      if (!(await isThere(place))) throw error;
    });
  } finally {
    await removeTree(folder);
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
