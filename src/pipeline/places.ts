import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
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
  const server = (name: string): string => join(state, 'servers', name);
  return {
    state,
    server,
    folders: (name) => ({
      project: join(server(name), 'project'),
      workspace: join(state, 'workspaces', name),
      log: join(state, 'logs', `${name}.log`),
    }),
    artifact: (digest) => join(state, 'artifacts', digest),
    staging: (build) => join(state, 'tmp', build),
    temporary: join(state, 'tmp'),
    logs: join(state, 'logs'),
    run: run.length > longestRunFolder ? short : run,
  };
}

export async function makePlaces(places: Places): Promise<void> {
  for (const folder of [
    places.temporary,
    places.logs,
    join(places.state, 'servers'),
    join(places.state, 'workspaces'),
    join(places.state, 'artifacts'),
  ]) {
    await mkdir(folder, { recursive: true });
  }
  await mkdir(places.run, { recursive: true, mode: 0o700 });
}
