import { existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wordForm } from '../support/cli.ts';
import { openHouse, type House } from '../support/house.ts';
import { changed, endings, unlogged } from '../support/endings.ts';
import { leftoversIn, processesOf } from '../support/remains.ts';
import { brokenIn } from '../support/whole.ts';

// Many processes start here, and on a busy machine each takes its time.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let house: House;
const recorded: Record<string, string> = {};
beforeAll(async () => {
  house = await openHouse();
  await house.start();
});
afterAll(() => house.clear());

/** Starts an operation that builds, and kills the service when the stage is told. */
async function killIn(stage: string, operation: string, input: object): Promise<string> {
  let build = '';
  const reached = Promise.withResolvers<void>();
  await house
    .ask(operation, { ...input, wait: true }, (line) => {
      if (!('event' in line) || line.event.stage !== stage) return;
      build = line.event.build ?? '';
      reached.resolve();
      void house.kill();
    })
    .catch(() => undefined);
  await reached.promise;
  await house.kill();
  return build;
}

const stages = ['resolve', 'generate', 'verify', 'package', 'deploy'];

describe('a service that is killed in a stage of a build', () => {
  it.each(stages)('[KILLS-1] %s: a new server is made, each finished stage once', async (stage) => {
    const build = await killIn(stage, 'create_mcp_server', { form: wordForm(`made-${stage}`), start: true });
    await house.start();
    expect(changed(recorded, await house.steps())).toEqual([]);
    expect(await endings(house, new Set([build]))).toEqual([]);
    expect(changed(recorded, await house.steps())).toEqual([]);
    const steps = Object.keys(recorded).filter((step) => step.startsWith(`${build}/`));
    expect(steps).toEqual(stages.map((each) => `${build}/${each}`));
    const { status, version } = await house.ask('get_server_info', { server: `made-${stage}` });
    expect({ status, version }).toEqual({ status: 'running', version: '1.0.0' });
  });

  it.each(stages)('[KILLS-1] %s: a running server comes to its next version', async (stage) => {
    const server = 'made-resolve';
    const before = await house.ask('get_server_info', { server });
    const input = {
      server,
      form: wordForm(server, { description: `Returns a word, as before ${stage}. It does not store it.` }),
    };
    const build = await killIn(stage, 'update_server', input);
    await house.start();
    expect(await endings(house, new Set([build]))).toEqual([]);
    expect(changed(recorded, await house.steps())).toEqual([]);
    const after = await house.ask('get_server_info', { server });
    expect(after.status).toBe('running');
    expect(after.version).not.toBe(before.version);
  });

  it('[KILLS-1] while it writes a project: it is whole in the end', async () => {
    const asked = house.ask('create_mcp_server', { form: wordForm('made-writing'), wait: true }).catch(() => undefined);
    const folder = join(house.stateFolder, 'servers', 'made-writing');
    const begun = (): boolean =>
      existsSync(folder) && readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile());
    while (!begun()) await sleep(1);
    await house.kill();
    await asked;
    await house.start();
    expect(await endings(house, [])).toEqual([]);
    expect(await house.ask('get_server_info', { server: 'made-writing' })).toMatchObject({ version: '1.0.0' });
  });

  it('[KILLS-1] leaves nothing of which a part is missing, which would be seen', async () => {
    const broken = () => brokenIn(house.stateFolder, house.databaseUrl);
    expect(await broken()).toEqual([]);
    const [artifact = ''] = readdirSync(join(house.stateFolder, 'artifacts'));
    const [set = ''] = readdirSync(join(house.stateFolder, 'store'));
    const paths = [
      `artifacts/${artifact}/main.mjs`,
      'servers/made-verify/project/src/main.ts',
      `store/${set}/node_modules/zod/package.json`,
    ].map((path) => join(house.stateFolder, path));
    for (const path of paths) renameSync(path, join(house.stateFolder, 'tmp', basename(dirname(path))));
    expect(await broken()).toEqual([
      `artifacts/${artifact} has other bytes than its name says`,
      'made-verify lacks src/main.ts',
      `store/${set} lacks 1 files, as zod/package.json`,
    ]);
    for (const path of paths) renameSync(join(house.stateFolder, 'tmp', basename(dirname(path))), path);
  });

  it('[KILLS-1] leaves no process, socket or half tree when all is done, and no log line is lost', async () => {
    expect(unlogged(house, recorded)).toEqual([]);
    await house.stop();
    expect(processesOf(house.stateFolder)).toEqual([]);
    expect(leftoversIn(house.stateFolder)).toEqual([]);
  });
});
