import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { toCrafterError } from '../errors.ts';
import { endOrphans } from '../sandbox/index.ts';
import { pruneArtifacts } from './artifacts.ts';
import { placesOf } from './places.ts';

/** Starts, without waiting, the servers that ran when the service ended, and clears what dead builds left. */
export function resumeServers(
  crafter: Crafter,
  alone: boolean,
  closing: AbortSignal,
  start: () => Promise<void>,
): void {
  void resume(crafter, Date.now(), alone, start).catch((error: unknown) => {
    if (closing.aborted) return;
    process.stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'error', message: toCrafterError(error).message })}\n`,
    );
  });
}

/** How long builds stay on record that made no server, or whose server is gone. */
const keptDays = 7;

async function resume(crafter: Crafter, began: number, alone: boolean, start: () => Promise<void>): Promise<void> {
  await endOrphans(crafter.stateFolder);
  const settled = crafter.builds.settleLost(began, alone);
  settled.catch(() => undefined);
  const unfinished = new Set((await crafter.storage.builds.list({ unfinished: true })).map(({ id }) => id));
  const { temporary, run } = placesOf(crafter.stateFolder);
  await clear(temporary, began, (name) => !unfinished.has(name));
  await clear(run, began, (name) => name.startsWith('s-') || name.endsWith('.old'));
  await start();
  await settled;
  await crafter.storage.builds.deleteLost(new Date(began - keptDays * 86_400_000).toISOString());
  await pruneArtifacts(crafter);
}

/** Removes what a service that was killed left behind: everything of the kind that is older than this one. */
async function clear(folder: string, began: number, isLeft: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(folder)).filter(isLeft)) {
    const path = join(folder, name);
    const made = await stat(path).catch(() => undefined);
    if (made !== undefined && made.birthtimeMs < began) await rm(path, { recursive: true, force: true });
  }
}
