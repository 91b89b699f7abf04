import type { Crafter } from '../crafter.ts';
import type { ServerRecord } from '../storage/index.ts';

/** Changes a server's record as it stands now: one that was read before something long would bring back what was taken since. */
export async function changeRecord(crafter: Crafter, name: string, change: Partial<ServerRecord>): Promise<void> {
  const record = await crafter.storage.servers.get(name);
  if (record === undefined) return;
  await crafter.storage.servers.put({ ...record, ...change, updatedAt: new Date().toISOString() });
}
