import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createAnalyzer } from '../../src/analyze/index.ts';
import { recipes } from '../../src/library/index.ts';
import { createPlanner } from '../../src/plan/index.ts';
import { readRequest, type ReadOptions } from '../../src/sources/index.ts';
import type { Blueprint } from '../../src/spec/index.ts';
import { readCases } from '../openapi/own-case.ts';
import { forms } from './forms.ts';

/** A server that verification has to accept as it is. */
export type Good =
  | { readonly name: string; readonly kind: 'recipe' | 'code' | 'api'; readonly blueprint: Blueprint }
  | { readonly name: string; readonly kind: 'hand'; readonly entry: string };

/** Requests in words, each for other recipes. */
const requests = [
  'Read a CSV file and export it as JSON.',
  'Profile a table: counts, missing values and outliers of each column.',
  'Remove duplicate rows from a dataset.',
  'Join two datasets by a common key.',
  'Aggregate a dataset: sums and averages by group.',
  'Convert JSON files to CSV.',
  'Read XML documents and export them as JSON.',
  'Read JSON Lines and write XML.',
  'Compute SHA-256 hashes of texts and files.',
  'Convert dates between formats and time zones.',
  'Count the words of a text and how hard it is to read.',
  'Search files in a folder by their text and read them.',
  'Rename columns and convert units in a dataset.',
  'Validate e-mail addresses and phone numbers in a table.',
  'Send webhooks to a URL when something changes and verify signatures of webhooks.',
  'A client for the REST API of a ticketing system.',
  'Sign in with OAuth and list the contacts of a CRM over its API.',
  'Map the response of an API to other fields.',
  'Run a workflow with several steps that depend on each other.',
];

const documents = [
  'answers',
  'headers',
  'json-bodies',
  'pages',
  'path-styles',
  'query-values',
  'security-combined',
  'form',
];

const analyze = createAnalyzer(recipes);
const plan = createPlanner(recipes);

function blueprintOf(text: string, options?: ReadOptions): Blueprint {
  const { request } = readRequest(text, options);
  const [server] = plan(request, analyze(request)).servers;
  if (server === undefined) throw new Error(`nothing was planned for ${text.slice(0, 80)}`);
  if (server.blueprint.tools.some(({ implementation }) => implementation.kind === 'pending'))
    throw new Error(`a tool is pending for ${text.slice(0, 80)}`);
  return server.blueprint;
}

function apis(): Good[] {
  const cases = readCases().filter(({ name }) => documents.includes(name));
  const own = cases.map(({ name, document }): Good => {
    const text = stringify({ info: { title: name, version: '1' }, ...document });
    const blueprint = blueprintOf(text, { name, kind: 'openapi', api: { baseUrl: 'https://api.example.com' } });
    return { name, kind: 'api', blueprint };
  });
  const shop = readFileSync(join(import.meta.dirname, '../../examples/bookshop.openapi.yaml'), 'utf8');
  const searched = blueprintOf(shop, { name: 'bookshop-searched', api: { shape: 'search' } });
  return [...own, { name: 'bookshop-searched', kind: 'api', blueprint: searched }];
}

/** Forty servers: recipes, given code, API documents in both shapes, and servers by hand on the official SDK. */
export function goodServers(): readonly Good[] {
  const named = (kind: 'recipe' | 'code', blueprint: Blueprint, index: number): Good => {
    const name = `${kind}-${index + 1}-${blueprint.name}`.slice(0, 60);
    return { name, kind, blueprint: { ...blueprint, name } };
  };
  return [
    ...requests.map((text, index) => named('recipe', blueprintOf(text), index)),
    ...forms.map((form, index) => named('code', blueprintOf(JSON.stringify(form)), index)),
    ...apis(),
    ...['numbers', 'texts', 'colors'].map((name): Good => ({
      name: `hand-${name}`,
      kind: 'hand',
      entry: `${name}.mjs`,
    })),
  ];
}
