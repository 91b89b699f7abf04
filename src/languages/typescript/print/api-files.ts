import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ApiRemark, Blueprint, ProjectFile } from '../../../spec/index.ts';
import { assetUrl } from '../../../util/index.ts';
import type { ApiFile } from '../runtime/api-file.ts';
import { apiExamplesOf } from './api-file.ts';
import { literal } from './literal.ts';
import { settingsOf } from './settings.ts';

/** Files that a server has for its API: the operations as data, tests of each, and what would mend the document. */
export function apiFiles(blueprint: Blueprint, data: ApiFile): (readonly [path: string, file: ProjectFile])[] {
  const { api, limits } = blueprint;
  const actions = (api?.remarks ?? []).filter((remark) => remark.overlay !== undefined);
  return [
    ['src/api.ts', { text: openApi(limits.maxResultCharacters) }],
    // One line: it is read by the server, and compared whole.
    ['src/api.json', { text: `${JSON.stringify(data)}\n` }],
    ['src/settings.json', { text: `${JSON.stringify(settingsOf(blueprint), null, 2)}\n` }],
    ['tests/api.test.ts', { text: testFile }],
    ['tests/examples.json', { text: `${JSON.stringify(apiExamplesOf(blueprint), null, 2)}\n` }],
    ...supportFiles(),
    ...(actions.length > 0 ? [['openapi-overlay.yaml', { text: overlay(data.title, actions) }] as const] : []),
  ];
}

const openApi = (maxCharacters: number): string => `import { readFileSync } from 'node:fs';
import { openCalls } from './modules/api-call.ts';
import type { ApiFile } from './modules/api-file.ts';

const file = JSON.parse(readFileSync(new URL('./api.json', import.meta.url), 'utf8')) as ApiFile;

/** The API that this server calls. Of an answer so many characters are given at once; the rest is kept for a while. */
export const api = openCalls(file, ${literal(maxCharacters)});
`;

const testing = 'languages/typescript/testing/';

/** The stand-in for the API, what makes calls and judges requests, and the clock that these run patterns under. */
function supportFiles(): (readonly [string, ProjectFile])[] {
  const names = readdirSync(assetUrl(testing)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const paths = [...names.toSorted().map((name) => `${testing}${name}`), 'util/within-time.ts'];
  return paths.map((path) => {
    const text = readFileSync(assetUrl(path), 'utf8')
      .replaceAll("'../runtime/", "'../../src/modules/")
      .replaceAll("'#util/", "'./");
    return [`tests/support/${basename(path)}`, { text }];
  });
}

/** OpenAPI Overlay 1.0. Values are JSON, which YAML takes as it is. */
function overlay(title: string, remarks: readonly ApiRemark[]): string {
  // Applied twice, an update appends twice to a list.
  const different = new Map(remarks.map((remark) => [JSON.stringify(remark.overlay), remark]));
  const actions = [...different.values()].flatMap(({ what, overlay: action }) => {
    if (action === undefined) return [];
    const { target, update, remove } = action;
    return [
      `  - target: ${JSON.stringify(target)}`,
      `    description: ${JSON.stringify(what)}`,
      ...(remove === true ? ['    remove: true'] : [`    update: ${JSON.stringify(update ?? {})}`]),
    ];
  });
  const name = JSON.stringify(`What mends the description of ${title}`);
  return ['overlay: 1.0.0', 'info:', `  title: ${name}`, '  version: 1.0.0', 'actions:', ...actions, ''].join('\n');
}

const testFile = `import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { basePath, settingsFor } from './support/api-settings.ts';
import { startMockApi, type MockApi } from './support/mock-api.ts';
import { operationsOf, tryOperation, type Exchange, type TriedApi } from './support/try-operation.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const api = { ...(read('../src/api.json') as object), examples: read('./examples.json') } as TriedApi;

let mock: MockApi;
let client: Client;
let workspace: string;
let exchange: Exchange;

before(async () => {
  mock = await startMockApi();
  workspace = await mkdtemp(join(tmpdir(), 'api-test-'));
  const { environment, credentials } = settingsFor(api, mock.origin);
  const own = { MCP_WORKSPACE: workspace, MCP_HOSTS: new URL(mock.origin).host };
  const env = { ...process.env, ...environment, ...own } as Record<string, string>;
  client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: ['src/main.ts'], env, stderr: 'ignore' }));
  await client.listTools();
  exchange = { answer: mock.answer, call, requests: mock.requests, base: basePath, credentials };
});

after(async () => {
  await client.close();
  await mock.close();
  await rm(workspace, { recursive: true, force: true });
});

async function call(name: string, args: Record<string, unknown>): Promise<{ isError: boolean; text: string }> {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content.map((part) => ('text' in part ? part.text : '')).join('\\n');
  return { isError: result.isError ?? false, text };
}

for (const operation of operationsOf(api)) {
  test(\`\${operation.name} sends what it is given\`, async (t) => {
    const { status, problems } = await tryOperation(api, operation, exchange);
    if (status === 'skipped') t.skip(problems.join(' '));
    assert.deepEqual(status === 'failed' ? problems : [], []);
  });
}
`;
