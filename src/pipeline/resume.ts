import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { toCrafterError } from '../errors.ts';
import { pruneArtifacts } from './artifacts.ts';
import { placesOf } from './places.ts';

/** Starts, without waiting, the servers that ran when the service ended, and clears what dead builds left. */
export function resumeServers(crafter: Crafter): void {
  void resume(crafter).catch((error: unknown) => {
    process.stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'error', message: toCrafterError(error).message })}\n`,
    );
  });
}

async function resume(crafter: Crafter): Promise<void> {
  for (const record of await crafter.storage.servers.list()) {
    if (record.desired !== 'running' || record.artifact === undefined) continue;
    await crafter.fleet.resume(record).catch((error: unknown) => {
      const { message } = toCrafterError(error);
      crafter.fleet.logs.append(
        record.name,
        JSON.stringify({ time: new Date().toISOString(), level: 'error', message, source: 'mcp-crafter' }),
      );
    });
  }
  const unfinished = new Set((await crafter.storage.builds.list({ unfinished: true })).map(({ id }) => id));
  const { temporary } = placesOf(crafter.stateFolder);
  for (const name of await readdir(temporary)) {
    if (name.startsWith('build-') && !unfinished.has(name))
      await rm(join(temporary, name), { recursive: true, force: true });
  }
  await pruneArtifacts(crafter);
}
