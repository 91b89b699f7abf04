import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { toCrafterError } from '../errors.ts';
import { endOrphans, removeTree } from '../sandbox/index.ts';
import { pruneArtifacts } from './artifacts.ts';
import { placesOf } from './places.ts';

/** Starts, without waiting, the servers that ran when the service ended, and clears what dead builds left. */
export function resumeServers(
  crafter: Crafter,
  alone: boolean,
  closing: AbortSignal,
  start: () => Promise<void>,
): void {
  const tell = (error: unknown): void => {
    if (closing.aborted) return;
    const { message } = toCrafterError(error);
    process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level: 'error', message })}\n`);
  };
  void resume(crafter, alone, start, tell).catch(tell);
}

/** How long builds stay on record that made no server, or whose server is gone. */
const keptDays = 7;

type Tell = (error: unknown) => void;

async function resume(crafter: Crafter, alone: boolean, start: () => Promise<void>, tell: Tell): Promise<void> {
  const began = Date.now();
  await endOrphans(crafter.stateFolder);
  const settled = crafter.builds.settleLost(began, alone);
  settled.catch(() => undefined);
  const unfinished = new Set((await crafter.storage.builds.list({ unfinished: true })).map(({ id }) => id));
  const { temporary, run } = placesOf(crafter.stateFolder);
  const clearAll = async (): Promise<void> => {
    await clear(temporary, began, (name) => !unfinished.has(name), tell);
    await clear(run, began, (name) => name.startsWith('s-') || name.endsWith('.old'), tell);
  };
  // Beside the start, which depends on nothing that foreign code has left.
  await Promise.all([start(), settled, clearAll().catch(tell)]);
  await crafter.storage.builds.deleteLost(new Date(began - keptDays * 86_400_000).toISOString());
  await pruneArtifacts(crafter);
}

/** Removes what a service that was killed left behind: everything of the kind that is older than this one, as far as that can be. */
async function clear(folder: string, began: number, isLeft: (name: string) => boolean, tell: Tell): Promise<void> {
  for (const name of (await readdir(folder)).filter(isLeft)) {
    const path = join(folder, name);
    const made = await stat(path).catch(() => undefined);
    if (made !== undefined && made.birthtimeMs < began) await removeTree(path).catch(tell);
  }
}
