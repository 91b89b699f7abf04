import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createApp } from '../../../src/api/app.ts';
import { sizeGuard } from '../../../src/api/guards/size.ts';
import type { CrafterError } from '../../../src/errors.ts';
import { operations } from '../../../src/operations/index.ts';
import type { JsonSchema } from '../../../src/spec/index.ts';
import { parseInput } from '../../../src/spec/index.ts';
import { sample } from '../../../src/verify/json-schema/sample.ts';
import { randomFrom } from '../../../src/verify/random.ts';
import { emptyCrafter, recordOf } from '../../support/empty-crafter.ts';
import { brokenText, inFewWords, spoiledJson, target, targetLater, type FuzzTarget } from '../../support/fuzz.ts';

const example = (name: string): string => readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8');
const form = JSON.parse(example('order-tools.form.json')) as { custom_tools: unknown };
const context = JSON.parse(example('crm-sync.context.json')) as unknown;

/** For each operation inputs that it takes, with every field that it has, and spoiled ones of these. */
const inputs = fc.oneof(
  ...operations.map((operation) => {
    const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    const right = ['a', 'b', 'c'].map((seed) => sample(schema, randomFrom(seed)));
    return spoiledJson(right).map((text) => [operation.name, text] as const);
  }),
);

/** What is sent to be made, planned and changed; nothing in it is to be fetched. */
const grants = { folders: ['/data', '/out:rw'], allow_hosts: ['api.example.com', 'localhost:80'] };
const api = {
  document: example('bookshop.openapi.yaml'),
  tags: ['*'],
  shape: 'tools',
  base_url: 'http://127.0.0.1:9/v1',
};
const words = { prompt: 'Read CSV files and export JSON', custom_tools: form.custom_tools };
const orders: Readonly<Record<string, readonly object[]>> = {
  create_mcp_server: [{ form }, { ...form, ...grants }, words, { context, start: true, port: 4000, wait: true }, api],
  plan_server: [{ form, allow_hosts: ['a'] }, words, { context }, api],
  execute_plan: [{ plan: 'plan-1', ...grants }],
  update_server: [
    {
      server: 'shop',
      custom_tools: form.custom_tools,
      remove_tools: ['order_total'],
      revoke_hosts: ['a:1'],
      dry_run: true,
    },
    { server: 'shop', form, ...grants },
    { server: 'shop', ...api, dry_run: true },
    { server: 'shop', description: 'Other.', environment: { A_TOKEN: 'x' } },
  ],
  eject_tools: [{ server: 'shop', tools: ['order_total'], dry_run: true }],
  call_tool: [{ server: 'shop', tool: 'order_total', arguments: { prices: [1] }, timeout_seconds: 1 }],
  get_build_status: [{ build: 'build-000000000000', wait: true }],
  get_server_info: [{ server: 'shop', with_token: true }],
  verify_server: [{ folder: '/nowhere', conformance: true }],
};

/** An input that is right but for one of its fields, which is spoiled within: schemas refuse most of what is spoiled elsewhere. */
export function spoiledWithin(order: object): fc.Arbitrary<string> {
  const fields = Object.entries(order).filter(([, value]) => typeof value === 'object' || String(value).length > 20);
  if (fields.length === 0) return spoiledJson([order]);
  return fc.oneof(
    ...fields.map(([name, value]: [string, unknown]) => {
      const text = typeof value === 'string' ? brokenText(fc.constant(value)).map(asJson) : spoiledJson([value]);
      return text.map((spoiled) => JSON.stringify({ ...order, [name]: '@' }).replace('"@"', () => spoiled));
    }),
  );
}
const asJson = (text: string): string => JSON.stringify(text);

const requests = fc
  .oneof(
    ...Object.entries(orders).map(([name, right]) =>
      fc.oneof(...right.map(spoiledWithin), spoiledJson(right)).map((text) => [name, text] as const),
    ),
  )
  .filter(([, text]) => !/document_url|allow_remote_refs/.test(text));

const app = createApp(emptyCrafter({ server: recordOf(form) }), () => undefined, {
  guards: [sizeGuard],
  isPrivate: true,
});

/** The whole way of a request: its answer is lines of JSON, and ends in a result or an error in words. */
async function ask([operation, body]: readonly [string, string]): Promise<void> {
  const bytes = Buffer.from(body);
  const headers = { 'content-type': 'application/json', 'content-length': String(bytes.length) };
  const answer = await app.request(`/operations/${operation}`, { method: 'POST', headers, body: bytes });
  const lines = (await answer.text()).trimEnd().split('\n');
  const last = JSON.parse(lines.at(-1) ?? '') as { result?: unknown; error?: ReturnType<CrafterError['toJSON']> };
  if (last.error !== undefined) inFewWords(last.error);
  else if (last.result === undefined) throw new Error(`No end: ${lines.at(-1)?.slice(0, 500)}`);
}

/** What reaches the service. */
export const requestTargets: readonly FuzzTarget[] = [
  target('inputs of operations', 3, inputs, ([name, text]) => {
    const operation = operations.find((one) => one.name === name);
    if (operation !== undefined) parseInput(operation.input, parsed(text), 'input');
  }),
  targetLater('requests to the service', 4, requests, ask),
];

/** As the service's HTTP library does; what is no JSON ends there. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
