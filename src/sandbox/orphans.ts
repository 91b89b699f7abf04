import { readFile, readdir } from 'node:fs/promises';
import { markLives, processMark, sha256 } from '../util/index.ts';

/** In the environment of what a process starts around sandboxes; programs inside do not see it. */
const variable = 'MCP_CRAFTER_STARTER';

const folderMark = (stateFolder: string): string => sha256(stateFolder).slice(0, 16);

/** Tells whose a started process is. */
export const starterEnvironment = (stateFolder: string): Record<string, string> => ({
  [variable]: `${folderMark(stateFolder)}.${processMark() ?? process.pid}`,
});

/**
 * Ends what a killed process of this state folder left running. bwrap dies with its parent, but not when that one is
 * killed in the moment before bwrap has asked for it; without a sandbox nothing dies by itself.
 * @returns how many were ended.
 */
export async function endOrphans(stateFolder: string): Promise<number> {
  const own = `${variable}=${folderMark(stateFolder)}.`;
  let ended = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Other users' environments cannot be read, and are none of ours.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const mark = environment
      .split('\0')
      .find((entry) => entry.startsWith(own))
      ?.slice(own.length);
    if (mark === undefined || markLives(mark)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
      ended++;
    } catch {
      // It ended by itself in the meantime.
    }
  }
  return ended;
}
