import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { CrafterError } from '../errors.ts';
import type { Folders } from './types.ts';

/** Everything the state folder holds beside the database, by purpose. */
export interface Places {
  readonly state: string;
  folders(name: string): Folders;
  /** What belongs to one server alone. */
  server(name: string): string;
  artifact(digest: string): string;
  /** A build's own folder while it runs. */
  staging(build: string): string;
  /** Parent of throwaway folders. */
  readonly temporary: string;
  readonly logs: string;
  readonly run: string;
}

/** A socket path holds 107 bytes; what the runner adds needs 40 of them. */
const longestRunFolder = 60;

export function placesOf(state: string): Places {
  const short = join(tmpdir(), `mcp-crafter-${createHash('sha256').update(state).digest('hex').slice(0, 10)}`);
  const run = join(state, 'run');
  const server = (name: string): string => join(state, 'servers', partOf(name));
  return {
    state,
    server,
    folders: (name) => ({
      project: join(server(name), 'project'),
      workspace: join(state, 'workspaces', partOf(name)),
      log: join(state, 'logs', `${partOf(name)}.log`),
    }),
    artifact: (digest) => join(state, 'artifacts', partOf(digest)),
    staging: (build) => join(state, 'tmp', partOf(build)),
    temporary: join(state, 'tmp'),
    logs: join(state, 'logs'),
    run: run.length > longestRunFolder ? short : run,
  };
}

/** Names, ids and digests were looked at where they came in; none that were not become a path. */
function partOf(name: string): string {
  if (/^[a-z0-9-]+$/.test(name)) return name;
  throw new CrafterError('INTERNAL', `${JSON.stringify(name)} is no name of a server, a build or an artifact.`, {
    hint: 'Something else than mcp-crafter wrote it: restore a backup of your own.',
  });
}

/**
 * Makes the folders, open to this user only: sandboxes get what they need mounted, and other users of the machine have
 * no business with a server's data.
 * @throws CrafterError MISSING_PREREQUISITE when another user may have made the folder for sockets.
 */
export async function makePlaces(places: Places): Promise<void> {
  const inState = ['servers', 'workspaces', 'artifacts'].map((name) => join(places.state, name));
  for (const folder of [places.temporary, places.logs, ...inState, places.run]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = await lstat(folder);
    // Where everybody writes, somebody may have been first.
    const outside = !folder.startsWith(`${places.state}/`);
    if (outside && (!found.isDirectory() || found.uid !== process.getuid?.())) throw foreignFolder(folder);
    await chmod(folder, 0o700);
  }
}

function foreignFolder(folder: string): CrafterError {
  return new CrafterError('MISSING_PREREQUISITE', `${folder} is no folder of this user.`, {
    hint: 'Remove it, or set MCP_CRAFTER_HOME to another folder with a short path.',
  });
}
