import { readFile, readdir } from 'node:fs/promises';
import { markLives, processMark, sha256 } from '../util/index.ts';
import { dockerAt } from './docker-api.ts';
import { dockerSocket } from './docker-place.ts';

/** In the environment of what a process starts around sandboxes; programs inside do not see it. */
const variable = 'MCP_CRAFTER_STARTER';
/** Labels of containers; docker-guard.ts has the second one. */
const labels = { folder: 'mcp-crafter.state', owner: 'mcp-crafter.owner' } as const;

/** Stands for the state folder of a trial, which has none. */
export const noFolder = '/nonexistent';

const folderMark = (stateFolder: string): string => sha256(stateFolder).slice(0, 16);
const ownMark = (): string => processMark() ?? String(process.pid);

/** Tells whose a started process is. */
export const starterEnvironment = (stateFolder: string): Record<string, string> => ({
  [variable]: `${folderMark(stateFolder)}.${ownMark()}`,
});

/** Tells whose a container is. */
export const containerLabels = (stateFolder: string): Record<string, string> => ({
  [labels.folder]: folderMark(stateFolder),
  [labels.owner]: ownMark(),
});

/**
 * Ends what a killed process of this state folder left running, and what is left of any trial. bwrap dies with its
 * parent, but not when that one is killed in the moment before bwrap has asked for it; containers and what runs without
 * a sandbox do not die by themselves.
 * @returns how many were ended.
 */
export async function endOrphans(stateFolder: string): Promise<number> {
  const counts = await Promise.all([endProcesses(stateFolder), removeContainers(stateFolder).catch(() => 0)]);
  return counts.reduce((sum, count) => sum + count, 0);
}

async function endProcesses(stateFolder: string): Promise<number> {
  const ours = [stateFolder, noFolder].map((folder) => `${variable}=${folderMark(folder)}.`);
  let ended = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Other users' environments cannot be read, and are none of ours.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const [mark] = environment
      .split('\0')
      .flatMap((entry) => ours.filter((own) => entry.startsWith(own)).map((own) => entry.slice(own.length)));
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

interface Listed {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>>;
}

async function removeContainers(stateFolder: string): Promise<number> {
  const docker = dockerAt(dockerSocket());
  const filters = JSON.stringify({ label: [`${labels.folder}=${folderMark(stateFolder)}`] });
  const path = `/containers/json?all=1&filters=${encodeURIComponent(filters)}`;
  const left = ((await docker.ask('GET', path)) as Listed[]).filter(
    (one) => !markLives(one.Labels[labels.owner] ?? ''),
  );
  await Promise.all(left.map(({ Id }) => docker.ask('DELETE', `/containers/${Id}?force=1&v=1`)));
  return left.length;
}
