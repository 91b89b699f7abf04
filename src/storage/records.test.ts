import pg from 'pg';
import { describe, expect, it } from 'vitest';
import type { Build, PlannedRequest, Release } from '../spec/index.ts';
import { withStorage } from './testing.ts';
import type { ServerRecord } from './types.ts';

const held = withStorage();

const build = (id: string, server: string): Build => ({
  id,
  server,
  version: '1.0.0',
  status: 'queued',
  fraction: 0,
  message: 'Queued',
  createdAt: '2026-03-01T10:20:30.456Z',
});

const server = (name: string, extra: Partial<ServerRecord> = {}): ServerRecord => ({
  name,
  version: '1.0.0',
  desired: 'running',
  blueprint: {
    zz: 1,
    a: { long_key: 'nul \u0000', b: 2 },
    description: 'A.',
    language: 'typescript',
    tools: [],
  } as unknown as ServerRecord['blueprint'],
  generated: { 'src/main.ts': 'aa' },
  createdAt: '2026-03-01T10:20:30.456Z',
  updatedAt: '2026-03-01T10:20:30.456Z',
  ...extra,
});

describe('records', () => {
  it('[STORAGE-6] gives a name to one of twenty who want it at once', async () => {
    const { builds } = held.storage;
    const tries = Array.from({ length: 20 }, (_, index) => builds.create(build(`build-race-${index}`, 'wanted'), true));
    const outcomes = await Promise.allSettled(tries);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason.code);
    expect(refused).toEqual(Array.from({ length: 19 }, () => 'NAME_TAKEN'));
    const [winner] = await builds.list({ server: 'wanted', unfinished: true });
    await builds.create(build('build-update', 'wanted'), false);
    await builds.update(winner?.id ?? '', { status: 'failed' });
    await builds.update('build-update', { status: 'failed' });
    await builds.create(build('build-again', 'wanted'), true);
    await held.storage.servers.put(server('held'));
    await expect(builds.create(build('build-held', 'held'), true)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  it('[STORAGE-7] gives a server back as it was, in the order of its keys', async () => {
    const { servers } = held.storage;
    const record = server('crm', { port: 4000, out: '/tmp/out', desired: 'stopped' });
    await servers.put(server('crm'));
    await servers.put(record);
    expect(JSON.stringify(await servers.get('crm'))).toBe(JSON.stringify(record));
    expect((await servers.list()).map(({ name }) => name)).toContain('crm');
    expect(await servers.get('none')).toBeUndefined();
    expect(await servers.delete('crm')).toBe(true);
    expect(await servers.delete('crm')).toBe(false);
  });

  it('[STORAGE-16] keeps all changes of a server that are made at once, and brings back none that was deleted', async () => {
    const { servers } = held.storage;
    await servers.put(server('busy', { generated: {} }));
    const names = Array.from({ length: 20 }, (_, index) => `file-${index}`);
    const add = (name: string) =>
      servers.change('busy', (now) => ({ ...now, generated: { ...now.generated, [name]: 'aa' } }));
    await Promise.all(names.map(add));
    expect(Object.keys((await servers.get('busy'))?.generated ?? {}).toSorted()).toEqual(names.toSorted());
    await servers.change('busy', () => undefined);
    expect((await servers.list()).find(({ name }) => name === 'busy')).toMatchObject({ version: '1.0.0' });
    await Promise.all([servers.delete('busy'), ...names.map(add)]);
    await add('late');
    expect(await servers.get('busy')).toBeUndefined();
  });

  it('[STORAGE-7] gives builds back, newest first, and changes only what an update names', async () => {
    const { builds } = held.storage;
    for (const id of ['build-1', 'build-2', 'build-3']) await builds.create(build(id, 'many'), false);
    expect(await builds.get('build-1')).toEqual(build('build-1', 'many'));
    const error = { code: 'INTERNAL', message: 'No', hint: 'None', problems: [] };
    const done = {
      status: 'failed',
      stage: 'verify',
      fraction: 0.5,
      finishedAt: '2026-03-01T10:21:00.001Z',
      error,
    } as const;
    await builds.update('build-2', done);
    const rest = build('build-2', 'many');
    expect((await builds.list({ server: 'many' })).map(({ id }) => id)).toEqual(['build-3', 'build-2', 'build-1']);
    expect((await builds.list({ server: 'many', limit: 2 }))[1]).toEqual({ ...rest, ...done });
    expect(await builds.list({ server: 'many', unfinished: true })).toHaveLength(2);
    await builds.update('build-3', { stage: 'verify' });
    await builds.update('build-3', { stage: undefined });
    expect(await builds.get('build-3')).not.toHaveProperty('stage');
  });

  it('[STORAGE-15] forgets old builds of names without a server, on demand those of one name', async () => {
    const { builds, servers } = held.storage;
    await servers.put(server('standing'));
    const made = { 'build-old': 'gone', 'build-own': 'standing', 'build-new': 'gone', 'build-open': 'gone' };
    for (const [id, name] of Object.entries(made)) await builds.create(build(id, name), false);
    for (const id of ['build-old', 'build-own'])
      await builds.update(id, { status: 'failed', finishedAt: '2026-03-02T00:00:00.000Z' });
    await builds.update('build-new', { status: 'failed', finishedAt: '2026-03-09T00:00:00.000Z' });
    await builds.deleteLost('2026-03-05T00:00:00.000Z');
    expect((await builds.list({ server: 'gone' })).map(({ id }) => id)).toEqual(['build-open', 'build-new']);
    expect(await builds.list({ server: 'standing' })).toHaveLength(1);
    await builds.deleteAll('gone');
    expect(await builds.list({ server: 'gone' })).toEqual([]);
    expect(await builds.list({ server: 'standing' })).toHaveLength(1);
    await servers.delete('standing');
  });

  it('[STORAGE-7] gives plans, releases and sealed secrets back', async () => {
    const { plans, releases, secrets } = held.storage;
    const planned = { plan: { id: 'plan-1', servers: [] }, request: { zz: 1, a: 2 } } as unknown as PlannedRequest;
    await plans.put(planned);
    await plans.put(planned);
    expect(JSON.stringify(await plans.get('plan-1'))).toBe(JSON.stringify(planned));
    const release = (id: string, status: Release['status']): Release => ({
      id,
      server: 'crm',
      version: '1.0.0',
      artifact: 'ab',
      target: 'process',
      status,
      createdAt: '2026-03-01T10:20:30.456Z',
    });
    await releases.put(release('release-1', 'active'));
    await releases.put(release('release-2', 'starting'));
    expect(await releases.active('crm')).toEqual(release('release-1', 'active'));
    await releases.put({ ...release('release-1', 'rolled_back'), reason: 'Unhealthy' });
    await releases.put(release('release-2', 'active'));
    expect((await releases.list('crm')).map(({ id, reason }) => [id, reason])).toEqual([
      ['release-2', undefined],
      ['release-1', 'Unhealthy'],
    ]);
    await secrets.put('crm', 'B', '1');
    await secrets.put('crm', 'A', '2');
    await secrets.put('crm', 'B', '3');
    expect(await secrets.names('crm')).toEqual(['A', 'B']);
    expect(await secrets.list()).toContainEqual({ server: 'crm', name: 'B', sealed: '3' });
    await secrets.deleteAll('crm');
    expect(await secrets.get('crm', 'B')).toBeUndefined();
  });

  it('[STORAGE-9] tells nothing of what it stores in an error', async () => {
    const bad = { ...build('build-bad', 'bad'), message: 'do-not-tell: no text holds \0' };
    const error: unknown = await held.storage.builds.create(bad, false).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify(error) + String(error)).not.toContain('do-not-tell');
  });

  it('[STORAGE-14] lists servers without their records, those from before overviews too', async () => {
    const { servers } = held.storage;
    const report = { score: 93 } as ServerRecord['report'];
    await servers.put(server('listed', { report, artifact: 'aa' }));
    const listed = { ...(await servers.list()).find(({ name }) => name === 'listed') };
    expect(listed).toEqual({
      name: 'listed',
      version: '1.0.0',
      desired: 'running',
      description: 'A.',
      language: 'typescript',
      tools: [],
      score: 93,
      artifact: 'aa',
      createdAt: '2026-03-01T10:20:30.456Z',
      updatedAt: '2026-03-01T10:20:30.456Z',
    });
    const client = new pg.Client({ connectionString: held.storage.connectionString });
    await client.connect();
    const query = (sql: string) => client.query(sql);
    await query('UPDATE mcp_crafter.servers SET overview = NULL');
    expect(await servers.list()).toContainEqual(listed);
    // What a listing reads now is not the record.
    await query(`UPDATE mcp_crafter.servers SET record = '{}'`);
    expect(await servers.list()).toContainEqual(listed);
    await query('DELETE FROM mcp_crafter.servers');
    await client.end();
  });
});
