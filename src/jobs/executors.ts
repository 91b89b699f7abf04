import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { reapDead } from './reap.ts';
import { openWatched } from './watched.ts';

/** How often a service says that it lives and looks for those that do not, in milliseconds. */
const beat = 5000;

/** One run of a service. */
interface Run {
  readonly id: string;
  readonly service?: string | undefined;
}

export interface Executors {
  close(): Promise<void>;
}

/**
 * Makes this service known and finds dead ones. A living service holds an advisory lock made from its id, which
 * ends with its connection: so a killed one is known at once, one that is out of reach soon (watched.ts). `takeOver` gets the ids of the dead, one at a time.
 */
export async function joinExecutors(
  connectionString: string,
  { id, service }: Run,
  takeOver: (dead: string) => Promise<void>,
  onBeat: () => void,
): Promise<Executors & { readonly reap: () => Promise<void> }> {
  const stopping = new AbortController();
  let client = await enter(connectionString, id, service);
  const reap = (): Promise<void> => reapDead(client, id, takeOver);
  const beating = (async () => {
    for (;;) {
      await sleep(beat, undefined, { signal: stopping.signal, ref: false });
      try {
        await sayAlive(client, id, service);
        await reap();
        onBeat();
      } catch {
        await client.end().catch(() => {});
        client = await enter(connectionString, id, service).catch(() => client);
      }
    }
  })().catch(() => {});
  return {
    reap,
    async close() {
      stopping.abort();
      await beating;
      await client.end().catch(() => {});
    },
  };
}

async function enter(connectionString: string, id: string, service: string | undefined): Promise<pg.Client> {
  const client = await openWatched(connectionString, id);
  try {
    await sayAlive(client, id, service);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

async function sayAlive(client: pg.Client, id: string, service: string | undefined): Promise<void> {
  const sql =
    'INSERT INTO mcp_crafter.executors (id, service) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_at = now()';
  await client.query(sql, [id, service ?? null]);
}
