import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callTool, createMcpServer, runOperation } from '../../src/index.ts';
import { withCrafter } from './with-crafter.ts';

const held = withCrafter();
const examples = resolve(import.meta.dirname, '../../examples');

async function call(tool: string, args: Record<string, string>): Promise<Record<string, never>> {
  const result = await runOperation(held.crafter, callTool, { server: 'customer-data', tool, arguments: args });
  expect(result.isError, JSON.stringify(result.content)).not.toBe(true);
  return result.structuredContent as Record<string, never>;
}

it('[ENGINE-2] cleans a CSV file with the server that a context made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  copyFileSync(join(examples, 'customers.csv'), join(folder, 'customers.csv'));
  const made = await runOperation(held.crafter, createMcpServer, {
    document: readFileSync(join(examples, 'customer-data.context.json'), 'utf8'),
    folders: [folder],
    wait: true,
  });
  expect(made).toMatchObject({ status: 'success', server: 'customer-data', report: { success: true } });
  const { blueprint } = (await held.crafter.storage.servers.get('customer-data')) ?? {};
  expect(blueprint?.tools.map(({ name }) => name)).toEqual([
    'csv_processor',
    'data_validator',
    'data_transformer',
    'json_exporter',
  ]);
  expect(blueprint?.limits).toMatchObject({ maxInputBytes: 10 * 1024 * 1024, maxSeconds: 30 });

  const read = await call('csv_processor', { path: 'customers.csv' });
  const checked = await call('data_validator', { dataset: read['dataset'] ?? '' });
  expect(checked['errors']?.[0]).toMatchObject({
    row: 4,
    column: 'Email Address',
    value: 'priya.raman[at]example.in',
    reason: expect.stringContaining('@'),
  });
  const clean = await call('data_transformer', { dataset: checked['validDataset'] ?? '' });
  const exported = await call('json_exporter', { dataset: clean['dataset'] ?? '' });
  const { workspace } = held.crafter.folders('customer-data');
  const rows = JSON.parse(readFileSync(resolve(workspace, exported['file'] ?? ''), 'utf8')) as {
    phone_number: string;
  }[];
  expect(rows).toHaveLength(13);
  expect(rows[1]).toMatchObject({
    full_name: 'Marcus Webb',
    email_address: 'marcus.webb@example.com',
    phone_number: '+12025550143',
    signup_date: '2024-03-25',
  });
});

it('[VERIFY-8] proves the limits of an integration before any host, secret or sign-in is there', async () => {
  const made = await runOperation(held.crafter, createMcpServer, {
    document: readFileSync(join(examples, 'crm-sync.context.json'), 'utf8'),
    wait: true,
  });
  const limits = made.report?.checks.filter(({ check }) => check.startsWith('limits/'));
  expect(limits).toMatchObject([
    { check: 'limits/retries/crm_client', status: 'passed' },
    { check: 'limits/calls/crm_client', status: 'passed' },
  ]);
});
