import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Crafter } from '../crafter.ts';
import { startServer } from '../operations/lifecycle.ts';
import { openSecrets } from '../secrets/index.ts';
import { unprotected, type Report } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { withStorage } from '../storage/testing.ts';
import { deploy } from './deploy.ts';
import { noteRun } from './launch.ts';
import { placesOf } from './places.ts';
import type { BuildOrder } from './types.ts';

const held = withStorage();
const record = {
  name: 'crm',
  version: '1.0.0',
  desired: 'stopped',
  artifact: 'aa',
  blueprint: { description: 'A.', language: 'typescript', tools: [] },
  report: { score: 93, caveats: [] },
  generated: {},
  createdAt: '2026-03-01T10:20:30.456Z',
  updatedAt: '2026-03-01T10:20:30.456Z',
} as unknown as ServerRecord;
/** Of a service where there is no sandbox what starting and deploying ask of it. */
const crafter = () => {
  const start = async () => {
    await noteRun({ storage: held.storage } as Crafter, 'crm', 'none');
    return { status: 'running', restarts: 0 };
  };
  const fleet = { start, state: () => ({ status: 'stopped' }), elsewhere: async () => new Map() };
  const workshop = async () => ({ sandbox: { kind: 'none' } });
  return { storage: held.storage, fleet, workshop } as unknown as Crafter;
};

/** Deploys a version that was verified in a sandbox. */
async function deployed(order: Pick<BuildOrder, 'start' | 'base'>): Promise<ServerRecord | undefined> {
  const { storage, stateFolder } = held;
  const parts = {
    stateFolder,
    secrets: await openSecrets({ stateFolder, storage }),
    folders: placesOf(stateFolder).folders,
  };
  const blueprint = { ...record.blueprint, name: 'crm', version: '1.1.0' };
  const whole = { build: 'build-1', mode: 'create' as const, blueprint, ...order };
  const verified = { report: record.report as Report, artifact: 'bb' };
  await deploy({ ...crafter(), ...parts }, whole, new Map(), verified, new AbortController().signal);
  return storage.servers.get('crm');
}

let other: pg.Client;
beforeAll(async () => {
  other = new pg.Client({ connectionString: held.storage.connectionString });
  await other.connect();
});
afterAll(() => other.end());
beforeEach(() => held.storage.servers.put(record));

/** Notes a run while somebody else is in the midst of a change. */
async function noteDuring(change: string, values: readonly unknown[] = []): Promise<ServerRecord | undefined> {
  await other.query('BEGIN');
  await other.query(change, [...values]);
  const noted = noteRun(crafter(), 'crm', 'none');
  const waiting = `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
  await expect.poll(async () => (await other.query(waiting)).rows, { timeout: 20_000 }).toEqual([{ count: 1 }]);
  await other.query('COMMIT');
  await noted;
  return held.storage.servers.get('crm');
}

describe('noting that a server ran without a sandbox', () => {
  it('[HOSTILE-7] undoes no deployment that is made at that moment, and is noted of its version', async () => {
    const next = { ...record, version: '1.1.0', artifact: 'bb' };
    const set = "UPDATE mcp_crafter.servers SET record = $1 WHERE name = 'crm'";
    expect(await noteDuring(set, [JSON.stringify(next)])).toMatchObject({
      version: '1.1.0',
      artifact: 'bb',
      report: { caveats: [unprotected] },
    });
  });

  it('[HOSTILE-7] brings back no server that is deleted at that moment', async () => {
    expect(await noteDuring("DELETE FROM mcp_crafter.servers WHERE name = 'crm'")).toBeUndefined();
  });

  it('[HOSTILE-7] holds for the next version, though that was verified before', async () => {
    await noteRun(crafter(), 'crm', 'none');
    const noted = { version: '1.1.0', desired: 'stopped', report: { caveats: [unprotected] } };
    expect(await deployed({ start: false, base: '1.0.0' })).toMatchObject(noted);
  });

  it('[HOSTILE-7] is done when the first run is the one by which it is deployed', async () => {
    await held.storage.servers.delete('crm');
    const noted = { version: '1.1.0', desired: 'running', report: { caveats: [unprotected] } };
    expect(await deployed({ start: true })).toMatchObject(noted);
  });

  it('[HOSTILE-7] holds when that run is told as the one that is wanted', async () => {
    const noSignal = { signal: new AbortController().signal, progress: () => undefined };
    await startServer.run(crafter(), { server: 'crm', port: 4123 }, noSignal as never);
    expect(await held.storage.servers.get('crm')).toMatchObject({
      desired: 'running',
      port: 4123,
      report: { caveats: [unprotected] },
    });
  });
});
