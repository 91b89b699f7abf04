import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serviceHealth } from '../../src/service/index.ts';
import { wordForm } from '../support/cli.ts';
import { openHouse, type House } from '../support/house.ts';
import { programsIn, serversLivingIn } from '../support/remains.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.start();
});
afterAll(() => house.clear());

const stages = ['resolve', 'generate', 'verify', 'package', 'deploy'];

/** Stops the programs of servers that come up from now on, all but the first ones, until they are let go. */
function holdPrograms(letPass: number): { held(): number; letGo(): void } {
  const passed = new Set(programsIn(house.stateFolder));
  let wanted = letPass;
  const held: number[] = [];
  const looking = setInterval(() => {
    for (const pid of programsIn(house.stateFolder)) {
      if (passed.has(pid)) continue;
      passed.add(pid);
      if (wanted-- > 0) continue;
      process.kill(pid, 'SIGSTOP');
      held.push(pid);
    }
  }, 5);
  return {
    held: () => held.length,
    letGo() {
      clearInterval(looking);
      for (const pid of held.filter((each) => existsSync(`/proc/${each}`))) process.kill(pid, 'SIGCONT');
    },
  };
}

/** What the engine says of a build's job. */
async function jobOf(build: string): Promise<string> {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  const sql = 'SELECT status FROM mcp_crafter_jobs.workflow_status WHERE workflow_uuid = $1';
  const { rows } = await client.query<{ status: string }>(sql, [build]).finally(() => client.end());
  return rows[0]?.status ?? '';
}

/**
 * Cancels a build in a stage. What starts from the last stages on stands still until the word to cancel has arrived, so that
 * the build cannot be over before. @param letPass programs of the last stage that are not held.
 */
async function cancelIn(stage: string, operation: string, input: object, letPass = 0): Promise<{ build: string; status: string }> {
  const told = Promise.withResolvers<string>();
  let holding: ReturnType<typeof holdPrograms> | undefined;
  const ended = house.ask(operation, { ...input, wait: true }, (line) => {
    if (!('event' in line) || line.event.stage !== stage || holding !== undefined) return;
    holding = holdPrograms(stage === 'package' || stage === 'deploy' ? letPass : Infinity);
    told.resolve(line.event.build ?? '');
  });
  const build = await told.promise;
  try {
    if (stage === 'deploy') await expect.poll(() => holding?.held(), { timeout: 30_000, interval: 5 }).toBe(1);
    const asked = house.ask('cancel_build', { build });
    await expect.poll(() => jobOf(build), { timeout: 30_000, interval: 20 }).toBe('CANCELLED');
    holding?.letGo();
    await asked;
  } finally {
    holding?.letGo();
  }
  return ended;
}

describe('cancelling', () => {
  it.each(stages)('[DURABLE-WANT-12] at the stage "%s" ends a build, and nothing of its server is left', async (stage) => {
    const server = `cancelled-${stage}`;
    const ended = await cancelIn(stage, 'create_mcp_server', { ...wordForm(server), start: true });
    expect(ended.status).toBe('cancelled');
    expect((await house.ask('get_build_status', { build: ended.build })).status).toBe('cancelled');
    expect((await house.ask('list_servers', {})).servers).toEqual([]);
    const left = ['servers', 'workspaces', 'logs'].flatMap((place) => readdirSync(join(house.stateFolder, place)));
    expect(left.filter((name) => name.startsWith(server))).toEqual([]);
    expect(readdirSync(join(house.stateFolder, 'tmp'))).toEqual([]);
    await expect.poll(() => serversLivingIn(house.stateFolder), { timeout: 10_000 }).toEqual([]);
  });

  it('[DURABLE-WANT-12] leaves the name free', async () => {
    const input = { ...wordForm('cancelled-deploy'), wait: true, start: true };
    expect(await house.ask('create_mcp_server', input)).toMatchObject({ status: 'success' });
  });

  const whenUpdated = [...stages.map((stage) => [stage, stage, 0] as const), ['the end of deploy', 'deploy', 1] as const];
  it.each(whenUpdated)('[DURABLE-WANT-12] an update at "%s" leaves the version before as it was', async (title, stage, letPass) => {
    const server = 'cancelled-deploy';
    const files = () => readFileSync(join(house.stateFolder, 'servers', server, 'project', 'src', 'main.ts'), 'utf8');
    const [before, programs] = [files(), programsIn(house.stateFolder)];
    const tool = { implementation: `return { word: word + ' in ${title}' };` };
    const ended = await cancelIn(stage, 'update_server', { server, form: wordForm(server, tool) }, letPass);
    expect(ended.status).toBe('cancelled');
    const { status, version } = await house.ask('get_server_info', { server });
    expect({ status, version }).toEqual({ status: 'running', version: '1.0.0' });
    const answer = await house.ask('call_tool', { server, tool: 'get_word', arguments: { word: 'oak' } });
    expect(answer).toMatchObject({ structuredContent: { word: 'oak' } });
    expect(files()).toBe(before);
    await expect.poll(() => serversLivingIn(house.stateFolder), { timeout: 10_000 }).toEqual([server]);
    if (letPass === 0) expect(programsIn(house.stateFolder)).toEqual(programs);
  });
});

describe('a service that is told to end while a new server comes up', () => {
  it('[JOBS-5] goes on with its build at the next start, with the secrets that came with it', async () => {
    const secret = { WORD_KEY: { description: 'Key.', secret: true, value: 'sealed-until-then' } };
    const told = Promise.withResolvers<string>();
    let holding: ReturnType<typeof holdPrograms> | undefined;
    const input = { ...wordForm('keyed', {}, { environment_vars: secret }), wait: true, start: true };
    const cutOff = house.ask('create_mcp_server', input, (line) => {
      if (!('event' in line) || line.event.stage !== 'deploy') return;
      holding ??= holdPrograms(0);
      told.resolve(line.event.build ?? '');
    });
    cutOff.catch(() => undefined);
    const build = await told.promise;
    await expect.poll(() => holding?.held(), { timeout: 30_000, interval: 5 }).toBe(1);
    const stopped = house.stop();
    await expect.poll(() => serviceHealth(house.stateFolder), { timeout: 30_000 }).toBeUndefined();
    holding?.letGo();
    await stopped;
    await house.start();
    expect(await house.ask('get_build_status', { build, wait: true })).toMatchObject({ status: 'success' });
    const { environment } = await house.ask('get_server_info', { server: 'keyed' });
    expect(environment).toMatchObject([{ name: 'WORD_KEY', set: true }]);
  });
});
