import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  callTool,
  cancelBuild,
  createMcpServer,
  deleteServer,
  ejectTools,
  executePlan,
  planServer,
  runOperation,
  updateServer,
} from '../../../src/index.ts';
import { form, withCrafter } from '../../engine/with-crafter.ts';
import { filesIn, livingIn, wholeState } from '../../support/whole-state.ts';

const held = withCrafter();
const example = (name: string): string => readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8');

/** What each kind of input makes, by server. */
const inputs: Readonly<Record<string, Record<string, unknown>>> = {
  worded: { prompt: example('report-folder.prompt.txt') },
  formed: {
    form: form('formed', { environment_vars: { SHOP_TOKEN: 'tok-4f0a9be1c2', REGION: 'north' } }),
    start: true,
  },
  contextual: { context: JSON.parse(example('customer-data.context.json')) as unknown },
  documented: { document: example('bookshop.openapi.yaml'), kind: 'openapi' },
  filtered: {
    document: example('bookshop.openapi.yaml'),
    kind: 'openapi',
    methods: ['GET'],
    max_tools: 3,
    start: true,
  },
};
const names = Object.keys(inputs);
const broken = {
  form: form('broken', {
    custom_tools: [
      { name: 'fail', description: 'Fails. Always.', parameters: {}, implementation: 'return nothing.there;' },
    ],
  }),
};

/** Several builds one after the other, on a machine that may be busy. */
const timeout = 240_000;

let before: Awaited<ReturnType<typeof wholeState>>;
const whole = () => wholeState(held.stateFolder, held.crafter.storage.connectionString);
const create = (name: string) =>
  runOperation(held.crafter, createMcpServer, { server_name: name, ...inputs[name], wait: true } as never);
const update = (name: string, more: object = {}) =>
  runOperation(held.crafter, updateServer, { server: name, ...more, wait: true } as never);

/** All that could change of a server: its files, its record, its processes. */
async function standing(name: string) {
  const { updatedAt: _, ...record } = (await held.crafter.storage.servers.get(name))!;
  const { project, workspace } = held.crafter.folders(name);
  const folders = [filesIn(project), existsSync(workspace) ? filesIn(workspace) : {}];
  return { record, folders, state: held.crafter.fleet.state(name), processes: livingIn(held.stateFolder) };
}

beforeAll(async () => {
  before = await whole();
});

describe('the same input again', () => {
  it.each(names)('[TRUE-1] %s: changes nothing, and says so', { timeout }, async (name) => {
    expect(await create(name)).toMatchObject({ status: 'success', server: name });
    const stood = await standing(name);
    const again = await update(name, inputs[name]);
    expect(again).toMatchObject({ status: 'unchanged' });
    expect(again.build).toBeUndefined();
    expect(await standing(name)).toEqual(stood);
  });

  it('[TRUE-1] an ejected operation that a person edited: changes nothing, and says so', { timeout }, async () => {
    const tool = (await held.crafter.storage.servers.get('filtered'))!.blueprint.tools[0]!;
    await runOperation(held.crafter, ejectTools, { server: 'filtered', tools: [tool.name], wait: true });
    const file = join(held.crafter.folders('filtered').project, 'src/tools', `${tool.name.replaceAll('_', '-')}.ts`);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('return callApi', 'const mine = 1;\n  void mine;\n  return callApi'),
    );
    expect(await update('filtered')).toMatchObject({ status: 'success' });
    const stood = await standing('filtered');
    expect(await update('filtered')).toMatchObject({ status: 'unchanged' });
    expect(await update('filtered', inputs['filtered'])).toMatchObject({ status: 'unchanged' });
    expect(await standing('filtered')).toEqual(stood);
  });
});

describe('deleting', () => {
  it('[TRUE-2] leaves nothing of servers, their builds, plans, data, secrets and logs', { timeout }, async () => {
    await runOperation(held.crafter, callTool, { server: 'formed', tool: 'add_numbers', arguments: { a: 1, b: 2 } });
    const { plan } = await runOperation(held.crafter, planServer, {
      form: form('planned', { environment_vars: { A_KEY: 'key-77aa01' } }),
    });
    await runOperation(held.crafter, executePlan, { plan: plan.id, wait: true });
    expect(await runOperation(held.crafter, createMcpServer, { ...broken, wait: true })).toMatchObject({
      status: 'failed',
    });
    const { build = '' } = await runOperation(held.crafter, createMcpServer, { form: form('unwanted') });
    await runOperation(held.crafter, cancelBuild, { build });
    for (const server of [...names, 'planned', 'broken', 'unwanted'])
      await runOperation(held.crafter, deleteServer, { server });
    expect(await whole()).toEqual(before);
  });
});
