import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wordForm } from '../support/cli.ts';
import { openHouse, postmasterOf, type House } from '../support/house.ts';
import { changed, endings, unlogged } from '../support/endings.ts';
import { productCommand } from '../support/product.ts';
import { leftoversIn, processesOf } from '../support/remains.ts';

// Many processes start here, and on a busy machine each takes its time.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.start();
});
afterAll(() => house.clear());

const create = (name: string, more: object = {}) =>
  house.ask('create_mcp_server', { form: wordForm(name), start: true, ...more });

/** Processes of the house that are sandboxes of its service: bwrap, started by it. */
function sandboxes(): number[] {
  return readdirSync(`/proc/${house.pid}/task`)
    .flatMap((thread) => readFileSync(`/proc/${house.pid}/task/${thread}/children`, 'utf8').split(' '))
    .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'bwrap')
    .map(Number);
}

const word = (server: string) => house.ask('call_tool', { server, tool: 'get_word', arguments: { word: 'tree' } });

describe('kill -9', () => {
  it('[KILLS-3] of PostgreSQL during builds: it is started again, builds end right, calls are answered', async () => {
    const builds: string[] = [];
    const recorded: Record<string, string> = {};
    for (const name of ['first', 'second']) builds.push((await create(name)).build);
    // One step at least is finished by then.
    await expect.poll(async () => Object.keys(await house.steps()), { timeout: 60_000, interval: 50 }).not.toEqual([]);
    changed(recorded, await house.steps());
    house.killDatabase();
    const third = create('third');
    await expect(third).resolves.toHaveProperty('build');
    builds.push((await third).build);
    expect(await endings(house, builds)).toEqual([]);
    expect(changed(recorded, await house.steps())).toEqual([]);
    expect(Object.keys(recorded)).toHaveLength(3 * 5);
    expect(unlogged(house, recorded)).toEqual([]);
  });

  it('[KILLS-3] of PostgreSQL while nothing is asked: it is there again for the next question', async () => {
    const before = postmasterOf(house.stateFolder);
    house.killDatabase();
    await expect.poll(() => postmasterOf(house.stateFolder), { timeout: 30_000 }).not.toBe(before);
    expect((await house.ask('list_servers', {})).servers).toHaveLength(3);
  });

  it('[KILLS-4] of a running server: another one answers, and only one runs', async () => {
    await expect.poll(() => sandboxes().length, { timeout: 30_000 }).toBe(3);
    const [victim = 0] = sandboxes();
    process.kill(victim, 'SIGKILL');
    const restarts = async (): Promise<number[]> =>
      (await house.ask('get_service_health', {})).servers.map(({ restarts: count }: { restarts: number }) => count);
    await expect.poll(restarts, { timeout: 30_000 }).toContain(1);
    for (const name of ['first', 'second', 'third'])
      expect((await word(name)).structuredContent ?? (await word(name)).content).toBeTruthy();
    await expect.poll(() => sandboxes().length, { timeout: 30_000 }).toBe(3);
    expect(sandboxes()).not.toContain(victim);
  });

  it('[KILLS-5] of the command that waits for a build: the build goes on', async () => {
    const command = spawn(productCommand, ['create', '-', '--json', '--wait'], {
      env: house.environment,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    command.stdin.end(JSON.stringify(wordForm('abandoned')));
    const open = async (): Promise<string[]> => (await house.ask('get_service_health', {})).unfinishedBuilds;
    await expect.poll(open, { timeout: 60_000, interval: 20 }).toHaveLength(1);
    const accepted = new Set(await open());
    command.kill('SIGKILL');
    await once(command, 'exit');
    expect(await endings(house, accepted)).toEqual([]);
  });

  it('[KILLS-5] of `mcp-crafter run`: its server ends with it', async () => {
    // Its input stays open when it is killed, so that it is not the end of that which ends the server.
    const pipe = join(house.stateFolder, '..', 'input');
    execFileSync('mkfifo', [pipe]);
    const input = openSync(pipe, 'r+');
    const command = spawn(productCommand, ['run', 'first'], {
      env: house.environment,
      stdio: [input, 'pipe', 'ignore'],
    });
    const hello = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    };
    writeSync(input, `${JSON.stringify(hello)}\n`);
    await once(command.stdout as Readable, 'data');
    const before = processesOf(house.stateFolder).length;
    command.kill('SIGKILL');
    await once(command, 'exit');
    await expect.poll(() => processesOf(house.stateFolder).length, { timeout: 30_000 }).toBeLessThan(before - 1);
    closeSync(input);
    expect(sandboxes()).toHaveLength(3);
  });

  it('[KILLS-2] and nothing is left of all that when the service is stopped', async () => {
    await house.stop();
    expect(processesOf(house.stateFolder)).toEqual([]);
    expect(leftoversIn(house.stateFolder)).toEqual([]);
  });
});
