import type { Crafter } from '../crafter.ts';
import type { Release } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { newId } from '../util/index.ts';

/** Records that a version is what its target runs now; the one before it is marked as replaced. */
export async function recordActive(crafter: Crafter, record: ServerRecord): Promise<void> {
  const before = await crafter.storage.releases.active(record.name);
  if (before?.artifact === record.artifact && before?.version === record.version) return;
  if (before !== undefined) await crafter.storage.releases.put({ ...before, status: 'replaced' });
  await crafter.storage.releases.put(releaseOf(record, 'active'));
}

/** Records that a version was tried and did not come to run. */
export async function recordRolledBack(crafter: Crafter, record: ServerRecord, reason: string): Promise<void> {
  await crafter.storage.releases.put({ ...releaseOf(record, 'rolled_back'), reason });
}

export async function recordStopped(crafter: Crafter, server: string): Promise<void> {
  const active = await crafter.storage.releases.active(server);
  if (active !== undefined) await crafter.storage.releases.put({ ...active, status: 'stopped' });
}

function releaseOf(record: ServerRecord, status: Release['status']): Release {
  return {
    id: newId('release'),
    server: record.name,
    version: record.version,
    artifact: record.artifact ?? '',
    target: 'process',
    status,
    createdAt: new Date().toISOString(),
  };
}
