import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createAnalyzer } from '../../../src/analyze/index.ts';
import { recipes } from '../../../src/library/index.ts';
import { createPlanner, readPlan } from '../../../src/plan/index.ts';
import { readRequest } from '../../../src/sources/index.ts';
import { parseJson } from '../../../src/spec/index.ts';
import { brokenText, spoiledJson, target, type FuzzTarget } from '../../support/fuzz.ts';

const example = (name: string): string => readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8');
const json = (name: string): unknown => JSON.parse(example(name));

const form = json('order-tools.form.json');
const contexts = [json('crm-sync.context.json'), json('customer-data.context.json')];
const shop = parse(example('bookshop.openapi.yaml')) as object;
const swagger = {
  swagger: '2.0',
  info: { title: 'Old', version: '1' },
  host: 'api.example.com',
  paths: {
    '/a/{id}': { get: { parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }], responses: {} } },
  },
};
const overlay = {
  overlay: '1.0.0',
  info: { title: 'Ours', version: '1' },
  actions: [
    { target: "$.paths['/books'].get", update: { summary: 'Books' } },
    { target: '$..x', remove: true },
  ],
};
const overrides = { list_books: { name: 'books', description: 'Lists books.' }, 'GET /books': { hide: true } };

const analyze = createAnalyzer(recipes);
const planner = createPlanner(recipes);
const planned = (text: string): ReturnType<typeof planner> => {
  const { request } = readRequest(text);
  return planner(request, analyze(request));
};
const plans = [planned(example('crm-sync.context.json')), planned(JSON.stringify(form))].map(
  (one) => JSON.parse(JSON.stringify(one)) as unknown,
);
const blueprints = plans.map((one) => (one as { servers: { blueprint: unknown }[] }).servers[0]?.blueprint);
const known = recipes.map(({ name }) => name);

const shopText = JSON.stringify(shop);
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  brokenText(fc.constant(example('report-folder.prompt.txt'))),
  fc
    .array(
      fc.constantFrom('read', 'CSV', 'and', 'export', 'JSON', 'API', '…', '\n-', '1.', 'https://', '{{', 'ſ', '٣'),
      { maxLength: 200 },
    )
    .map((all) => all.join(' ')),
);

/** Everything that a person hands in. */
export const documentTargets: readonly FuzzTarget[] = [
  target('forms', 5, spoiledJson([form]), (text) => planned(text)),
  target('contexts', 3, spoiledJson(contexts), (text) => planned(text)),
  target('Blueprints', 5, spoiledJson(blueprints), (text) => readRequest(text)),
  target('plans', 5, spoiledJson(plans), (text) => readPlan(parseJson(text), known)),
  target('plain words', 2, words, (text) => planned(text)),
  target('API documents', 3, spoiledJson([shop, swagger]), (text) => readRequest(text, { kind: 'openapi' })),
  target(
    'API documents in YAML',
    2,
    brokenText(fc.constantFrom(example('bookshop.openapi.yaml'), stringify(swagger))),
    (text) => readRequest(text, { kind: 'openapi' }),
  ),
  target('overlays', 1, spoiledJson([overlay]), (text) =>
    readRequest(shopText, { kind: 'openapi', api: { overlays: [text] } }),
  ),
  target('overrides', 1, spoiledJson([overrides]), (text) =>
    readRequest(shopText, { kind: 'openapi', api: { overrides: text } }),
  ),
];
