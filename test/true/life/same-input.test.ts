import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CrafterError } from '../../../src/errors.ts';
import { createMcpServer, runOperation, updateServer } from '../../../src/operations/index.ts';
import type { BuildOrder } from '../../../src/pipeline.ts';
import { sha256 } from '../../../src/util/index.ts';
import { emptyCrafter, recordWith } from '../../support/empty-crafter.ts';
import { spoiledWithin } from '../fuzz/requests.ts';

const example = (name: string): string => readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8');
const json = (name: string): Record<string, unknown> => JSON.parse(example(name)) as Record<string, unknown>;

const parameter = fc.constantFrom<object>(
  { type: 'string', description: 'A word.', maxLength: 20 },
  { type: 'integer', minimum: 1, default: 3, description: 'How many.' },
  { type: 'array', items: { type: 'number' }, description: 'Numbers.' },
  { type: 'object', properties: { a: { type: 'boolean' } }, description: 'Options.', required: false },
);
const tool = fc.record({
  name: fc.constantFrom('add', 'get_word', 'list_all', 'send_note', 'find_it'),
  description: fc.constantFrom('Does it. It changes nothing.', 'Returns what was given, in upper case.'),
  parameters: fc.dictionary(fc.constantFrom('one', 'two', 'three', 'camelCase', 'with_score'), parameter, {
    maxKeys: 4,
  }),
  implementation: fc.constantFrom('return { a: 1 };', 'return args;', "return context.secret('A_TOKEN').length;"),
});
const form = fc
  .record(
    {
      server_name: fc.constantFrom('small', 'Two Words', 'x1'),
      description: fc.constantFrom('Small things.', 'Für alles Mögliche — “quoted”.'),
      custom_tools: fc.uniqueArray(tool, { selector: ({ name }) => name, minLength: 1, maxLength: 4 }),
      environment_vars: fc.dictionary(
        fc.constantFrom('A_TOKEN', 'REGION', 'API_KEY'),
        fc.constantFrom('', 'abc', 'zzz9'),
      ),
      complexity: fc.constantFrom('simple', 'standard', 'high'),
      capabilities: fc.subarray(['monitoring', 'caching', 'tools']),
      deployment_config: fc.constantFrom({}, { replicas: 2 }),
    },
    { requiredKeys: ['custom_tools', 'description'] },
  )
  .map((whole) => ({ form: whole }));
const words = fc
  .subarray(
    ['Read CSV files', 'export JSON', 'profile the data', 'search text files', 'run SQL queries', 'verify webhooks'],
    {
      minLength: 1,
    },
  )
  .map((parts) => ({ prompt: `${parts.join(', ')}.` }));
const context = fc
  .tuple(
    fc.constantFrom(json('crm-sync.context.json'), json('customer-data.context.json')),
    fc.subarray(['timeout', 'x']),
  )
  .map(([whole, more]) => ({ context: { ...whole, notes: more } }));
const api = fc
  .record(
    {
      read_only: fc.boolean(),
      methods: fc.subarray(['GET', 'POST', 'DELETE'], { minLength: 1 }),
      max_tools: fc.integer({ min: 1, max: 9 }),
      shape: fc.constantFrom('tools', 'search'),
      paths: fc.constantFrom(['/books*'], ['!/orders*']),
      base_url: fc.constantFrom('https://api.example.com/v2', 'http://localhost:8080'),
      allow_hosts: fc.constantFrom(['api.example.com'], ['other.example.org:8443']),
    },
    { requiredKeys: [] },
  )
  .map((filter) => ({ document: example('bookshop.openapi.yaml'), kind: 'openapi', ...filter }));
/** What is odd, and accepted all the same. */
const odd = fc
  .oneof(
    spoiledWithin({ form: json('order-tools.form.json') }),
    spoiledWithin({ context: json('crm-sync.context.json') }),
  )
  .map((text) => read(text));

function read(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

/** What creating would build, with its secrets; undefined where the input is refused or makes several servers. */
async function ordered(
  input: object,
): Promise<{ order: BuildOrder; secrets: Readonly<Record<string, string>> } | undefined> {
  const orders: { order: BuildOrder; secrets: Readonly<Record<string, string>> }[] = [];
  const crafter = emptyCrafter({
    order: (order, secrets) => {
      orders.push({ order, secrets });
      const { name, version } = order.blueprint;
      const createdAt = new Date().toISOString();
      return Promise.resolve({
        id: order.build,
        server: name,
        version,
        status: 'queued',
        fraction: 0,
        message: '',
        createdAt,
      });
    },
  });
  await runOperation(crafter, createMcpServer, input as never).catch((error: unknown) => {
    if (!(error instanceof CrafterError)) throw error;
  });
  return orders.length === 1 ? orders[0] : undefined;
}

it('[TRUE-1] whatever a server was made of, the same input again orders nothing', { timeout: 240_000 }, async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(form, words, context, api, odd), async (input) => {
      const first = await ordered(input);
      if (first === undefined) return;
      made++;
      const { blueprint } = first.order;
      const files = await (await emptyCrafter({}).workshop()).generate(blueprint);
      const generated = Object.fromEntries([...files].map(([path, { text }]) => [path, sha256(text)]));
      const crafter = emptyCrafter({ server: recordWith(blueprint, generated), sealed: first.secrets });
      const again = await runOperation(crafter, updateServer, { server: blueprint.name, ...input } as never);
      expect(again).toMatchObject({ status: 'unchanged', server: blueprint.name, version: blueprint.version });
    }),
    { numRuns: 150, seed: 20260728 },
  );
  expect(made).toBeGreaterThan(60);
});
