import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/client/index.ts';
import { openStorage } from '../../src/storage/index.ts';
import { wordForm } from '../support/cli.ts';
import { openHouse, type House } from '../support/house.ts';
import { serversLivingIn } from '../support/remains.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

let first: House;
let second: House;
let close: () => Promise<void>;

/** Servers that a service runs, each as often as it runs. */
const runsIn = (house: House): string[] => serversLivingIn(house.stateFolder);

const shown = async (house: House, server: string): Promise<Record<string, unknown>> =>
  house.ask('get_server_info', { server, with_token: true });
const labelOf = (house: House): string => `:${house.stateFolder}`;

beforeAll(async () => {
  const keeper = await openHouse();
  const storage = await openStorage({ stateFolder: keeper.stateFolder });
  close = async () => {
    await storage.close();
    await keeper.clear();
  };
  [first, second] = [
    await openHouse({ DATABASE_URL: storage.connectionString }),
    await openHouse({ DATABASE_URL: storage.connectionString }),
  ];
  await first.start();
  const secret = {
    environment_vars: { WORD_KEY: { description: 'Key.', secret: true, value: 'sealed-with-the-first-key' } },
  };
  for (const [name, more, allow_hosts] of [
    ['plain', {}, ['localhost:1']],
    ['keyed', secret, []],
  ] as const)
    expect(
      await first.ask('create_mcp_server', { ...wordForm(name, {}, more), allow_hosts, start: true, wait: true }),
    ).toMatchObject({ status: 'success' });
  await second.start();
});
afterAll(async () => {
  for (const house of [first, second]) await house?.clear();
  await close();
});

describe('two services on one database', () => {
  it('[SERVICE-8] run a server once, and both say where', async () => {
    const { servers } = await second.ask('list_servers', {});
    const there = { status: 'running', service: expect.stringContaining(labelOf(first)) };
    expect(servers).toMatchObject([
      { name: 'keyed', ...there },
      { name: 'plain', ...there },
    ]);
    expect((await first.ask('list_servers', {})).servers[0]).not.toHaveProperty('service');
    expect(await shown(second, 'plain')).toMatchObject(there);
    expect([runsIn(first), runsIn(second)]).toEqual([['keyed', 'plain'], []]);
  });

  it('[SERVICE-8] call it by either, and say which one runs it where only that one may act', async () => {
    const answer = await second.ask('call_tool', { server: 'plain', tool: 'get_word', arguments: { word: 'oak' } });
    expect(answer).toMatchObject({ structuredContent: { word: 'oak' } });
    for (const operation of ['start_server', 'restart_server'])
      await expect(second.ask(operation, { server: 'plain' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(labelOf(first)),
      });
    expect([runsIn(first), runsIn(second)]).toEqual([['keyed', 'plain'], []]);
  });

  it('[SERVICE-8] stop it by either, and start it again by either', async () => {
    expect(await second.ask('stop_server', { server: 'plain' })).toMatchObject({ status: 'stopped' });
    expect(runsIn(first)).toEqual(['keyed']);
    expect((await shown(first, 'plain'))['status']).toBe('ready');
    expect(await first.ask('start_server', { server: 'plain' })).toMatchObject({ status: 'running' });
    expect(await shown(second, 'plain')).toMatchObject({ service: expect.stringContaining(labelOf(first)) });
  });

  it('[SERVICE-8] [EGRESS-8] change it by either, and take back what it was granted: whoever builds the new version runs it, alone', async () => {
    const tool = { implementation: 'return { word: `${word}!` };', examples: [{ arguments: { word: 'tree' } }] };
    const changed = await second.ask('update_server', {
      server: 'plain',
      form: wordForm('plain', tool),
      revoke_hosts: ['localhost'],
      wait: true,
    });
    expect(changed).toMatchObject({
      status: 'success',
      version: '1.0.1',
      notes: ['Taken back at once: host localhost:1.'],
    });
    expect(await shown(first, 'plain')).toMatchObject({ grants: { hosts: [] } });
    await expect
      .poll(() => [...runsIn(first), ...runsIn(second)].toSorted(), { timeout: 20_000 })
      .toEqual(['keyed', 'plain']);
    for (const house of [first, second])
      expect(
        await house.ask('call_tool', { server: 'plain', tool: 'get_word', arguments: { word: 'oak' } }),
      ).toMatchObject({
        structuredContent: { word: 'oak!' },
      });
    // Where the rest of this file begins from.
    await first.ask('stop_server', { server: 'plain' });
    await first.ask('start_server', { server: 'plain' });
    expect(runsIn(second)).toEqual([]);
  });

  it('[SERVICE-9] the living one takes over the servers of one that was killed, but for those whose secrets it cannot open', async () => {
    await first.kill();
    const killed = Date.now();
    await expect.poll(() => runsIn(second), { timeout: 30_000 }).toEqual(['plain']);
    await expect.poll(async () => (await shown(second, 'plain'))['url'], { timeout: 30_000 }).toBeDefined();
    expect(Date.now() - killed).toBeLessThan(30_000);
    const { url, token } = (await shown(second, 'plain')) as { url: string; token: string };
    const connection = await connect({ kind: 'http', url, token }, { era: 'auto' });
    expect((await connection.callTool('get_word', { word: 'elm' })).structuredContent).toEqual({ word: 'elm!' });
    await connection.close();
    const log = readFileSync(join(second.stateFolder, 'logs', 'keyed.log'), 'utf8');
    expect(log).toContain('sealed with another key');
    expect(await shown(second, 'keyed')).toMatchObject({ status: 'stopped' });
  });

  it('[SERVICE-9] one that comes back runs what nobody runs, and leaves the rest where it is', async () => {
    await first.start();
    await expect.poll(() => runsIn(first), { timeout: 30_000 }).toEqual(['keyed']);
    expect(runsIn(second)).toEqual(['plain']);
    expect(await shown(first, 'plain')).toMatchObject({
      status: 'running',
      service: expect.stringContaining(labelOf(second)),
    });
    await first.ask('delete_server', { server: 'plain' });
    await expect.poll(() => runsIn(second), { timeout: 20_000 }).toEqual([]);
  });
});
