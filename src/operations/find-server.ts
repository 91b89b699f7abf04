import { CrafterError } from '../errors.ts';
import { nearest } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import type { Crafter } from '../crafter.ts';
import { maskError } from '../pipeline.ts';

/** @throws CrafterError NOT_FOUND naming the nearest server that exists. */
export async function findServer(crafter: Crafter, name: string): Promise<ServerRecord> {
  const record = await crafter.storage.servers.get(name);
  if (record !== undefined) return record;
  const [unfinished] = await crafter.storage.builds.list({ server: name, unfinished: true, limit: 1 });
  if (unfinished !== undefined) {
    throw new CrafterError('CONFLICT', `The server "${name}" is still being built.`, {
      hint: `Wait for it with: mcp-crafter status ${unfinished.id} --wait`,
    });
  }
  const names = (await crafter.storage.servers.list()).map((server) => server.name);
  const near = nearest(name, names);
  throw new CrafterError('NOT_FOUND', `There is no server named "${name}".`, {
    hint:
      near === undefined
        ? '`mcp-crafter list` shows the servers that exist.'
        : `Did you mean "${near}"? \`mcp-crafter list\` shows all.`,
  });
}

/** Runs `work`; an error that leaves it names no secret value. */
export async function withMasked<T>(crafter: Crafter, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CrafterError ? maskError(error, crafter.secrets.mask) : error;
  }
}
