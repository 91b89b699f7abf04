import type { Crafter } from '../crafter.ts';
import type { ServerRecord } from '../storage/index.ts';

/** Changes a server's record as it stands now: one that was read before something long would bring back what was taken since. */
export function changeRecord(crafter: Crafter, name: string, change: Partial<ServerRecord>): Promise<void> {
  const updatedAt = new Date().toISOString();
  return crafter.storage.servers.change(name, (record) => ({ ...record, ...change, updatedAt }));
}
