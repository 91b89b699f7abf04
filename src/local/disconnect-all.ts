import { CrafterError } from '../errors.ts';
import { clientPrograms } from '../util/index.ts';
import { disconnectClient } from './connect.ts';

/**
 * Takes a server out of the configurations of all clients: the user's own, and those of a project folder. What cannot be
 * read, is not of our making or leads to another state folder stays as it is.
 * @param project absolute path.
 * @returns files that were changed.
 */
export async function disconnectAll(server: string, project: string): Promise<string[]> {
  const targets = clientPrograms.flatMap(({ name: client, projectFile }) => [
    { client, server, here: true as const },
    ...(projectFile === undefined ? [] : [{ client, server, project, here: true as const }]),
  ]);
  const changed: string[] = [];
  for (const target of targets) {
    const result = await disconnectClient(target).catch((error: unknown) => {
      if (!(error instanceof CrafterError)) throw error;
    });
    if (result?.changed === true) changed.push(result.file);
  }
  return changed;
}
