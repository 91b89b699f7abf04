import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FetchLimits } from '../../src/languages/typescript/runtime/limited-fetch.ts';
import type { ApiTest } from '../support/api-context.ts';
import { startCrm, type Crm, type CrmOptions } from '../support/crm-server.ts';
import { clientId, clientSecret, startOauthServer, type OauthServer } from '../support/oauth-server.ts';

let oauth: OauthServer;
let crm: Crm;
let test: ApiTest;

/** The tools as a server has them that was just started: nobody is signed in. */
async function freshTools(environment: Record<string, string>, limits: FetchLimits, files: Record<string, string>) {
  vi.resetModules();
  const { makeApiTest } = await import('../support/api-context.ts');
  test = await makeApiTest(environment, limits, files);
  const { oauthAuthenticator } = await import('../../src/library/recipes/oauth/oauth.ts');
  const { httpClient } = await import('../../src/library/recipes/http/http-client.ts');
  const { syncManager } = await import('../../src/library/recipes/sync/sync.ts');
  return { oauthAuthenticator, httpClient, syncManager };
}

const browserVariables = { OAUTH_REDIRECT_URI: 'http://127.0.0.1:9/callback' };

async function start(
  options: CrmOptions = {},
  limits: Partial<FetchLimits> = {},
  variables: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  crm = await startCrm({ isValid: oauth.isValid, ...options });
  const environment = {
    API_BASE_URL: crm.url,
    OAUTH_TOKEN_URL: `${oauth.url}/token`,
    OAUTH_CLIENT_ID: clientId,
    OAUTH_CLIENT_SECRET: clientSecret,
    OAUTH_SCOPE: 'contacts.read contacts.write',
    ...variables,
  };
  const all = { hosts: [oauth.host, crm.host], ...limits };
  const restart = async (kept: string) => {
    const { dispose } = test;
    const again = await freshTools(environment, all, { [kept]: await test.read(kept) });
    await dispose();
    return again;
  };
  return { ...(await freshTools(environment, all, files)), restart };
}

const rows = async (dataset: string): Promise<Record<string, unknown>[]> =>
  (await test.read(`datasets/${dataset}.jsonl`))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const dataset = (...records: object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const old = '2024-01-01T00:00:00Z';
const late = '2030-01-01T00:00:00Z';

beforeEach(async () => {
  oauth = await startOauthServer();
});
afterEach(async () => {
  await Promise.all([oauth.close(), crm.close(), test.dispose()]);
});

describe('signing in', () => {
  it('[RECIPES-INTEGRATION-1] connects with client credentials and tells scopes and expiry', async () => {
    const { oauthAuthenticator } = await start();
    const answer = await oauthAuthenticator({ action: 'connect' }, test.context);
    expect(answer).toMatchObject({
      status: 'signed_in',
      grant: 'client_credentials',
      scopes: ['contacts.read', 'contacts.write'],
      can_refresh: true,
    });
    expect(answer.expires_in_seconds).toBeGreaterThan(3500);
  });

  it('[RECIPES-INTEGRATION-1] [RECIPES-INTEGRATION-4] signs a user in by code and PKCE, once per state, and keeps tokens to itself', async () => {
    const { oauthAuthenticator, httpClient } = await start(
      {},
      {},
      { ...browserVariables, OAUTH_TOKEN_URL: '', OAUTH_ISSUER: oauth.url, OAUTH_STORE_KEY: 'store key' },
    );
    const begun = await oauthAuthenticator({ action: 'authorize' }, test.context);
    expect(begun.status).toBe('waiting_for_user');
    const back = oauth.signIn(begun.authorization_url ?? '').searchParams;
    const given = { action: 'complete', code: back.get('code') ?? '', state: back.get('state') ?? '' } as const;
    await expect(oauthAuthenticator({ ...given, state: 'forged' }, test.context)).rejects.toThrow(
      'belongs to no sign-in',
    );
    const done = await oauthAuthenticator(given, test.context);
    expect(done).toMatchObject({ status: 'signed_in', grant: 'authorization_code', kept_on_disk: true });
    await expect(oauthAuthenticator(given, test.context)).rejects.toThrow('belongs to no sign-in');
    await httpClient({ operation: 'list', path: 'contacts' }, test.context);
    const written = JSON.stringify([
      done,
      await test.read('oauth/session.sealed'),
      await test.read('logs/api-calls.jsonl'),
    ]);
    expect(written).not.toMatch(/[0-9a-f]{32}|secret/);
  });

  it('[RECIPES-INTEGRATION-1] goes on after a restart with the sealed refresh token', async () => {
    const first = await start(
      {},
      {},
      { ...browserVariables, OAUTH_AUTHORIZATION_URL: `${oauth.url}/authorize`, OAUTH_STORE_KEY: 'store key' },
    );
    const begun = await first.oauthAuthenticator({ action: 'authorize' }, test.context);
    const back = oauth.signIn(begun.authorization_url ?? '').searchParams;
    await first.oauthAuthenticator(
      { action: 'complete', code: back.get('code') ?? '', state: back.get('state') ?? '' },
      test.context,
    );
    const restarted = await first.restart('oauth/session.sealed');
    expect(await restarted.httpClient({ operation: 'list', path: 'contacts' }, test.context)).toMatchObject({
      rows: 0,
    });
    expect(oauth.granted).toEqual(['authorization_code', 'refresh_token']);
  });

  it('[RECIPES-INTEGRATION-2] says what was refused and what to do', async () => {
    const { oauthAuthenticator, httpClient } = await start();
    oauth.refuse = 'invalid_client';
    await expect(oauthAuthenticator({ action: 'connect' }, test.context)).rejects.toMatchObject({
      message: expect.stringContaining('invalid_client (refused for the test)'),
      nextStep: expect.stringContaining('OAUTH_CLIENT_ID'),
    });
    await expect(httpClient({ operation: 'list', path: 'contacts' }, test.context)).rejects.toThrow('invalid_client');
    expect(crm.calls).toHaveLength(0);
  });

  it('[RECIPES-INTEGRATION-2] names a wrong secret without showing it', async () => {
    const { oauthAuthenticator } = await start({}, {}, { OAUTH_CLIENT_SECRET: 'not the secret' });
    const refused = await oauthAuthenticator({ action: 'connect' }, test.context).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'ToolError', message: expect.stringMatching(/refused/) });
    expect(JSON.stringify(refused)).not.toContain('not the secret');
  });

  it('[RECIPES-INTEGRATION-3] renews a token that the API refuses, once, for calls at the same time too', async () => {
    const { oauthAuthenticator, httpClient } = await start();
    await oauthAuthenticator({ action: 'connect' }, test.context);
    oauth.expireAll();
    const call = () => httpClient({ operation: 'list', path: 'contacts' }, test.context);
    for (const answer of await Promise.all([call(), call(), call()])) expect(answer.rows).toBe(0);
    expect(oauth.granted).toHaveLength(2);
  });

  it('[RECIPES-INTEGRATION-3] renews a token before it expires', async () => {
    const { oauthAuthenticator, httpClient } = await start();
    oauth.lifetime = 1;
    await oauthAuthenticator({ action: 'connect' }, test.context);
    oauth.lifetime = 3600;
    await httpClient({ operation: 'list', path: 'contacts' }, test.context);
    expect(crm.calls.map((call) => call.status)).toEqual([200]);
  });
});

describe('calling the CRM', () => {
  it('[RECIPES-INTEGRATION-11] lists every page into a dataset and logs each call without secrets', async () => {
    const { httpClient } = await start({ pageSize: 40 });
    for (let number = 0; number < 100; number += 1) crm.add({ name: `Customer ${number}`, phone: '5551234' });
    const answer = await httpClient(
      { operation: 'list', path: '/contacts', query: { q: 'private words' } },
      test.context,
    );
    expect(answer).toMatchObject({ dataset: 'contacts', rows: 100 });
    expect(answer.preview).toHaveLength(5);
    const log = (await test.read('logs/api-calls.jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(log.map((entry) => [entry.method, entry.path, entry.status, entry.attempts])).toEqual([
      ['POST', '/token', 200, 1],
      ['GET', '/contacts', 200, 1],
      ['GET', '/contacts', 200, 1],
      ['GET', '/contacts', 200, 1],
    ]);
    expect(JSON.stringify(log)).not.toContain('private words');
  });

  it('[RECIPES-INTEGRATION-5] creates, changes, reads and deletes, in spite of 500s', async () => {
    const { httpClient } = await start({ failures: 0.3, seed: 5 }, { retries: 6 });
    const made = await httpClient({ operation: 'create', path: 'contacts', body: { name: 'Ada' } }, test.context);
    const { id } = made.record as { id: number };
    await httpClient({ operation: 'update', path: `contacts/${id}`, body: { name: 'Ada L.' } }, test.context);
    const read = await httpClient({ operation: 'get', path: `contacts/${id}` }, test.context);
    expect(read.record).toMatchObject({ name: 'Ada L.', version: 2 });
    await httpClient({ operation: 'delete', path: `contacts/${id}` }, test.context);
    expect(crm.records.size).toBe(0);
    expect(crm.calls.some((call) => call.status === 500)).toBe(true);
  });

  it('[RECIPES-INTEGRATION-5] waits as Retry-After says, and gives a long wait back to the caller', async () => {
    const { httpClient } = await start();
    crm.scripted.push({ status: 429, retryAfter: '1' });
    await httpClient({ operation: 'list', path: 'contacts' }, test.context);
    const [refused, accepted] = crm.calls;
    expect((accepted?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
    crm.scripted.push({ status: 429, retryAfter: '3600' });
    await expect(httpClient({ operation: 'list', path: 'contacts' }, test.context)).rejects.toMatchObject({
      status: 429,
      nextStep: expect.stringContaining('3600'),
    });
  });

  it('[RECIPES-INTEGRATION-6] stays within its limit of calls, retries counted, and says when it frees', async () => {
    const { httpClient } = await start(
      { isValid: undefined, limit: { count: 1000, seconds: 3600 } },
      { calls: { count: 1000, seconds: 3600 } },
      { OAUTH_CLIENT_ID: '' },
    );
    crm.add({ name: 'Ada' });
    crm.scripted.push({ status: 500 });
    for (let call = 0; call < 999; call += 1) await httpClient({ operation: 'get', path: 'contacts/1' }, test.context);
    await expect(httpClient({ operation: 'get', path: 'contacts/1' }, test.context)).rejects.toThrow(
      '1000 requests in 3600 seconds',
    );
    expect(crm.calls).toHaveLength(1000);
    expect(crm.calls.filter((call) => call.status === 429)).toHaveLength(0);
  });

  it('[RECIPES-INTEGRATION-12] refuses paths that lead elsewhere, and next links to other hosts', async () => {
    const { httpClient } = await start({}, {}, { API_BASE_URL: 'https://api.example.com/v1' });
    for (const path of [
      '../admin',
      'contacts/%2e%2e/%2e%2e/admin',
      'https://evil.example/v1/contacts',
      'https://api.example.com/v2',
    ]) {
      await expect(httpClient({ operation: 'get', path }, test.context), path).rejects.toThrow('outside the API');
    }
  });
});

describe('syncing', () => {
  it('[RECIPES-INTEGRATION-7] carries new and changed records over both ways, and then has nothing to do', async () => {
    const files = {
      'datasets/customers.jsonl': dataset(
        { email: 'ada@example.com', name: 'Ada' },
        { email: 'grace@example.com', name: 'Grace' },
      ),
    };
    const { syncManager } = await start({ pageSize: 1 }, {}, {}, files);
    crm.add({ email: 'Ada@example.com', name: 'Ada' });
    crm.add({ email: 'edsger@example.com', name: 'Edsger' });
    const args = { dataset: 'customers', path: 'contacts', key: 'email' };
    expect(await syncManager({ ...args, dry_run: true }, test.context)).toMatchObject({
      local: { created: 1 },
      remote: { created: 1 },
      dry_run: true,
    });
    expect(crm.records.size).toBe(2);
    const first = await syncManager(args, test.context);
    expect(first).toMatchObject({
      complete: true,
      rows: 3,
      local: { created: 1, deleted: 0 },
      remote: { created: 1, updated: 0 },
      conflicts: 0,
    });
    crm.edit(2, { name: 'Edsger W.' });
    const changed = (await rows('customers')).map((row) =>
      row['email'] === 'grace@example.com' ? { ...row, name: 'Grace H.' } : row,
    );
    await test.context.folders.writeText('datasets/customers.jsonl', dataset(...changed));
    expect(await syncManager(args, test.context)).toMatchObject({
      local: { updated: 1 },
      remote: { updated: 1 },
      conflicts: 0,
    });
    expect([...crm.records.values()].map((record) => record['name'])).toEqual(['Ada', 'Edsger W.', 'Grace H.']);
    expect(await syncManager(args, test.context)).toMatchObject({
      unchanged: 3,
      local: { updated: 0 },
      remote: { updated: 0 },
    });
  });

  const bothChanged = async (rule: 'newest_wins' | 'local_wins' | 'remote_wins' | 'manual', localTime = old) => {
    const files = { 'datasets/customers.jsonl': dataset({ id: 1, name: 'Local', updated_at: localTime }) };
    const { syncManager } = await start({}, {}, {}, files);
    crm.add({ name: 'Remote' }, '2025-01-01T00:00:00Z');
    const answer = await syncManager({ dataset: 'customers', path: 'contacts', conflict_rule: rule }, test.context);
    return { answer, syncManager, local: (await rows('customers'))[0]?.['name'], remote: crm.records.get(1)?.['name'] };
  };

  it.each([
    ['newest_wins', old, 'Remote'],
    ['newest_wins', late, 'Local'],
    ['local_wins', old, 'Local'],
    ['remote_wins', late, 'Remote'],
  ] as const)(
    '[RECIPES-INTEGRATION-8] settles a conflict by %s (local change of %s): %s',
    async (rule, time, winner) => {
      const { answer, local, remote } = await bothChanged(rule, time);
      expect([local, remote]).toEqual([winner, winner]);
      expect(answer).toMatchObject({ conflicts: 0, conflicts_resolved: 1 });
    },
  );

  it('[RECIPES-INTEGRATION-8] leaves a conflict alone when asked, shows both versions, and takes a decision', async () => {
    const { answer, syncManager, local, remote } = await bothChanged('manual');
    expect([local, remote]).toEqual(['Local', 'Remote']);
    expect(answer).toMatchObject({ conflicts: 1, conflicts_file: 'sync/customers-conflicts.json' });
    expect(JSON.parse(await test.read('sync/customers-conflicts.json'))[0]).toMatchObject({
      key: '1',
      local: { name: 'Local' },
      remote: { name: 'Remote' },
    });
    const args = {
      dataset: 'customers',
      path: 'contacts',
      conflict_rule: 'manual',
      resolve: [{ key: '1', take: 'local' }],
    } as const;
    expect(await syncManager({ ...args, resolve: [...args.resolve] }, test.context)).toMatchObject({
      conflicts: 0,
      remote: { updated: 1 },
    });
    expect(crm.records.get(1)?.['name']).toBe('Local');
  });

  it('[RECIPES-INTEGRATION-8] notices a change made in the CRM between reading and writing', async () => {
    const files = { 'datasets/customers.jsonl': dataset({ id: 1, name: 'Local', updated_at: old }) };
    const { syncManager } = await start({}, {}, {}, files);
    crm.add({ name: 'Remote' }, '2020-01-01T00:00:00Z');
    crm.beforeNextWrite = () => crm.edit(1, { name: 'Somebody else' });
    expect(await syncManager({ dataset: 'customers', path: 'contacts' }, test.context)).toMatchObject({
      local: { updated: 1 },
      remote: { updated: 0 },
    });
    expect((await rows('customers'))[0]?.['name']).toBe('Somebody else');
  });

  it('[RECIPES-INTEGRATION-9] goes on after it had to stop, and creates nothing twice', async () => {
    const records = Array.from({ length: 10 }, (_, index) => ({ name: `New ${index}` }));
    const files = { 'datasets/customers.jsonl': dataset(...records) };
    const { syncManager } = await start({}, { retries: 0 }, {}, files);
    let writes = 0;
    const failing = () => {
      writes += 1;
      if (writes === 4) crm.scripted.push({ status: 503 });
      else crm.beforeNextWrite = failing;
    };
    crm.beforeNextWrite = failing;
    const args = { dataset: 'customers', path: 'contacts' };
    const stopped = await syncManager(args, test.context);
    expect(stopped).toMatchObject({ complete: false, stopped_because: expect.stringContaining('503'), rows: 10 });
    expect(await syncManager(args, test.context)).toMatchObject({ complete: true });
    expect([...crm.records.values()].map((record) => record['name'])).toEqual(records.map((record) => record.name));
    expect((await rows('customers')).every((row) => typeof row['id'] === 'number')).toBe(true);
  });

  it('[RECIPES-INTEGRATION-10] carries deletions over only when asked', async () => {
    const { syncManager } = await start();
    for (const name of ['Ada', 'Grace', 'Edsger']) crm.add({ name });
    const args = { dataset: 'customers', path: 'contacts' };
    await syncManager(args, test.context);
    crm.records.delete(1);
    const kept = (await rows('customers')).filter((row) => row['name'] !== 'Grace');
    await test.context.folders.writeText('datasets/customers.jsonl', dataset(...kept));
    expect(await syncManager(args, test.context)).toMatchObject({ deletions_skipped: 2, rows: 2 });
    expect(crm.records.size).toBe(2);
    expect(await syncManager({ ...args, delete: true }, test.context)).toMatchObject({
      local: { deleted: 1 },
      remote: { deleted: 1 },
      rows: 1,
    });
    expect([...crm.records.values()].map((record) => record['name'])).toEqual(['Edsger']);
  });

  it('[RECIPES-INTEGRATION-5] [RECIPES-INTEGRATION-7] comes through a CRM that fails and limits', async () => {
    const records = Array.from({ length: 30 }, (_, index) => ({ email: `c${index}@example.com`, name: `C ${index}` }));
    const { syncManager } = await start(
      { failures: 0.2, seed: 11, pageSize: 7 },
      { retries: 8 },
      {},
      { 'datasets/customers.jsonl': dataset(...records) },
    );
    crm.scripted.push({ status: 429, retryAfter: '0' }, { status: 429, retryAfter: '0' });
    for (let index = 0; index < 20; index += 1) crm.add({ email: `r${index}@example.com`, name: `R ${index}` });
    const answer = await syncManager(
      { dataset: 'customers', path: 'contacts', key: 'email', field_names: { name: 'name' } },
      test.context,
    );
    expect(answer).toMatchObject({ complete: true, rows: 50, failed: 0 });
    expect(crm.records.size).toBe(50);
  });
});
