import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool, createMcpServer, executePlan, planServer, runOperation } from '../../src/index.ts';
import type { Json } from '../../src/spec/index.ts';
import { withCrafter } from '../engine/with-crafter.ts';

const folder = join(import.meta.dirname, '../../examples');

/** What each example makes. */
const examples: Readonly<Record<string, { server: string; tools: readonly string[] }>> = {
  'crm-sync.context.json': { server: 'crm-sync', tools: ['oauth_authenticator', 'crm_client', 'sync_manager'] },
  'customer-data.context.json': {
    server: 'customer-data',
    tools: ['csv_processor', 'data_validator', 'data_transformer', 'json_exporter'],
  },
  'order-tools.form.json': { server: 'order-tools', tools: ['order_total', 'delivery_date', 'page_slug'] },
  'report-folder.prompt.txt': {
    server: 'file-searcher',
    tools: ['file_searcher', 'file_reader', 'text_analyzer'],
  },
};

const held = withCrafter();

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const call = async (server: string, tool: string, args: Record<string, Json>) =>
  (await runOperation(held.crafter, callTool, { server, tool, arguments: args })).structuredContent;

describe('the examples', () => {
  it('are all tried here', () => {
    const files = readdirSync(folder).filter((file) => /\.(json|txt)$/.test(file));
    expect(files.toSorted()).toEqual(Object.keys(examples));
  });

  it.each(Object.entries(examples))('[HOUSE-11] %s makes a server that passes verification', async (file, expected) => {
    const made = await runOperation(held.crafter, createMcpServer, {
      document: read(file),
      folders: [folder],
      wait: true,
    });
    expect(made.error).toBeUndefined();
    expect(made).toMatchObject({ status: 'success', server: expected.server, report: { success: true, score: 100 } });
    const shown = await runOperation(held.crafter, planServer, { document: read(file) });
    expect(shown.plan.servers[0]?.blueprint.tools.map(({ name }) => name).toSorted()).toEqual(
      expected.tools.toSorted(),
    );
  });

  it('[HOUSE-11] order tools answer', async () => {
    expect(await call('order-tools', 'order_total', { prices: [9.99, 0.01], tax_percent: 10 })).toEqual({
      net: 10,
      total: 11,
    });
    expect(await call('order-tools', 'page_slug', { title: 'Æther & Öl' })).toEqual({ result: 'ther-ol' });
  });

  it('[HOUSE-11] the report folder is searched and read, and nothing else is', async () => {
    const found = await call('file-searcher', 'file_searcher', { name: '*.csv' });
    expect(JSON.stringify(found)).toContain('customers.csv');
    const outside = { server: 'file-searcher', tool: 'file_reader', arguments: { path: '/etc/hostname' } };
    expect(await runOperation(held.crafter, callTool, outside)).toMatchObject({ isError: true });
  });
});

describe('a plan', () => {
  it('[HOUSE-11] is made, edited and executed', async () => {
    const document = read('order-tools.form.json');
    const { plan } = await runOperation(held.crafter, planServer, { document });
    const [server] = plan.servers;
    if (server === undefined) throw new Error('the plan has no server');
    const blueprint = { ...server.blueprint, name: 'order-total', tools: server.blueprint.tools.slice(0, 1), flow: [] };
    const edited = { ...plan, servers: [{ ...server, blueprint }] };
    const made = await runOperation(held.crafter, executePlan, { plan: edited, wait: true });
    expect(made).toMatchObject({ status: 'success', server: 'order-total' });
  });

  it('is refused where an edit made it wrong, with the field', async () => {
    const { plan } = await runOperation(held.crafter, planServer, { document: read('customer-data.context.json') });
    const [server] = structuredClone(plan.servers);
    if (server === undefined) throw new Error('the plan has no server');
    const [first, second] = server.blueprint.tools;
    if (first?.implementation.kind !== 'recipe' || second === undefined) throw new Error('the plan has other tools');
    first.implementation.recipe = 'cvs';
    second.name = first.name;
    const fields = ['tools[1].name', 'tools[0].implementation.recipe'].map(
      (field) => `plan.servers[0].blueprint.${field}`,
    );
    await expect(
      runOperation(held.crafter, executePlan, { plan: { ...plan, servers: [server] } }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problems: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))),
    });
  });
});
