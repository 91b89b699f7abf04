import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createApp } from '../../../src/api/app.ts';
import type { CrafterError } from '../../../src/errors.ts';
import { operations } from '../../../src/operations/index.ts';
import type { JsonSchema } from '../../../src/spec/index.ts';
import { parseInput } from '../../../src/spec/index.ts';
import { sample } from '../../../src/verify/json-schema/sample.ts';
import { randomFrom } from '../../../src/verify/random.ts';
import { emptyCrafter } from '../../support/empty-crafter.ts';
import { inFewWords, spoiledJson, target, targetLater, type FuzzTarget } from '../../support/fuzz.ts';

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

/** What is sent to be made, planned, changed and asked for; nothing in it is to be fetched. */
const orders = [
  { form },
  { ...form, language: 'typescript', folders: ['/data', '/out:rw'], allow_hosts: ['api.example.com', 'localhost:80'] },
  { prompt: 'Read CSV files and export JSON', custom_tools: form.custom_tools, environment: { A_TOKEN: 'x' } },
  { context, start: true, port: 4000, wait: true },
  { document: example('bookshop.openapi.yaml'), tags: ['books'], shape: 'tools', base_url: 'http://127.0.0.1:9/v1' },
  { server: 'shop', custom_tools: form.custom_tools, remove_tools: ['x'], revoke_hosts: ['a:1'], dry_run: true },
  { server: 'shop', tool: 'look', arguments: { a: 1 } },
  { build: 'build-000000000000', wait: true },
  { plan: 'plan-1' },
];
const requests = fc
  .tuple(fc.constantFrom(...operations.map(({ name }) => name)), spoiledJson(orders))
  .filter(([, text]) => !/document_url|allow_remote_refs/.test(text));

const app = createApp(emptyCrafter(), () => undefined);

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
