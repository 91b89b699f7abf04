import { expect, it } from 'vitest';
import { z } from 'zod';
import { emptyCrafter, recordOf } from '../../test/support/empty-crafter.ts';
import { wordForm } from '../../test/support/cli.ts';
import { getServerInfo, operations, runOperation } from './index.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

it('[ENGINE-14] every operation says what it does, and every field what it means', () => {
  for (const operation of operations) {
    expect(operation.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(operation.summary.length, operation.name).toBeGreaterThan(60);
    const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input' }) as Schema;
    const undescribed = Object.entries(properties).filter(([, property]) => (property.description ?? '').length < 10);
    expect(undescribed.map(([field]) => `${operation.name}.${field}`)).toEqual([]);
    expect(z.toJSONSchema(operation.output, { io: 'output' })).toBeTypeOf('object');
  }
  expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
});

it('[ENGINE-14] positions on the command line are fields of the input', () => {
  for (const { name, cli, input } of operations) {
    for (const field of cli?.positionals ?? [])
      expect(Object.keys(input.shape), name).toContain(field.replace(/\?$|\.\.\.$/, ''));
  }
});

it('[SECRETS-1] why a server is not healthy is told without its secrets, however it writes them', async () => {
  const value = 'p@ss/word+12345';
  const problem = `it ended. postgres://me:${encodeURIComponent(value)}@db ${Buffer.from(value).toString('base64')}`;
  const crafter = emptyCrafter({ server: recordOf(wordForm('shop')), sealed: { KEY: value }, problem });
  const shown = await runOperation(crafter, getServerInfo, { server: 'shop' });
  const getHealth = operations.find(({ name }) => name === 'get_service_health');
  const health = (await runOperation(crafter, getHealth!, {})) as { servers: { problem: string }[] };
  for (const told of [shown.problem, health.servers[0]?.problem])
    expect(told).toBe('it ended. postgres://me:[secret KEY]@db [secret KEY]');
});
