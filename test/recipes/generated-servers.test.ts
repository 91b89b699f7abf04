import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../src/analyze/index.ts';
import { connect } from '../../src/client/index.ts';
import { generate, writeProject } from '../../src/generate/index.ts';
import { createTypescript } from '../../src/languages/index.ts';
import { recipes } from '../../src/library/index.ts';
import { createPlanner } from '../../src/plan/index.ts';
import { startServer } from '../../src/runner/index.ts';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { readRequest } from '../../src/sources/index.ts';
import type { Blueprint, Language } from '../../src/spec/index.ts';
import { startCrm } from '../support/crm-server.ts';
import { clientId, clientSecret, startOauthServer } from '../support/oauth-server.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
let home: string;
let sandbox: Sandbox;
let language: Language;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'recipes-'));
  sandbox = await openSandbox({ stateFolder: home });
  language = createTypescript({ sandbox, stateFolder: home });
});
afterAll(() => rm(home, { recursive: true, force: true }));

function planned(text: string): Blueprint {
  const { request } = readRequest(text);
  const blueprint = createPlanner(recipes)(request, createAnalyzer(recipes)(request)).servers[0]?.blueprint;
  if (blueprint === undefined) throw new Error('nothing was planned');
  return blueprint;
}

async function build(blueprint: Blueprint) {
  const project = join(home, blueprint.name, 'project');
  await mkdir(join(home, blueprint.name, 'workspace'), { recursive: true });
  await writeProject(project, generate(blueprint, { language }), { baseline: {} });
  const dependencies = await language.install(blueprint, work);
  const { diagnostics } = await language.check(project, dependencies, work);
  const bundle = await language.bundle(project, dependencies, join(home, blueprint.name, 'bundle'), work);
  return { diagnostics, bundle };
}

async function start(blueprint: Blueprint, path: string, environment: Record<string, string>) {
  const server = await startServer(sandbox, {
    name: blueprint.name,
    command: language.command('stdio'),
    mounts: [{ source: path, target: '/app', access: 'read' }],
    transport: 'stdio',
    workspace: join(home, blueprint.name, 'workspace'),
    grants: blueprint.grants,
    environment,
    runFolder: join(home, blueprint.name),
  });
  if (server.stdin === undefined || server.stdout === undefined) throw new Error('no stdio');
  const connection = await connect({ kind: 'stdio', stdin: server.stdin, stdout: server.stdout });
  return { server, connection };
}

describe('the server of the CRM example', () => {
  it('[RECIPES-INTEGRATION-3] [RECIPES-INTEGRATION-7] [RECIPES-INTEGRATION-11] is planned, built, and syncs with a CRM behind OAuth', async () => {
    const oauth = await startOauthServer();
    const crm = await startCrm({ isValid: oauth.isValid, pageSize: 3, failures: 0.1, seed: 3 });
    for (let number = 1; number <= 8; number += 1) crm.add({ name: `Customer ${number}` });
    const hosts = [oauth, crm].map(({ url }) => ({
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      private: true,
    }));
    const plan = planned(await readFile('examples/crm-sync.context.json', 'utf8'));
    expect(plan.tools.map((tool) => tool.name).toSorted()).toEqual([
      'crm_client',
      'oauth_authenticator',
      'sync_manager',
    ]);
    const blueprint = { ...plan, grants: { ...plan.grants, hosts } };
    const { diagnostics, bundle } = await build(blueprint);
    expect(diagnostics).toEqual([]);
    const environment = {
      API_BASE_URL: crm.url,
      OAUTH_TOKEN_URL: `${oauth.url}/token`,
      OAUTH_CLIENT_ID: clientId,
      OAUTH_CLIENT_SECRET: clientSecret,
    };
    const { server, connection } = await start(blueprint, bundle.path, environment);
    const call = async (name: string, args: Record<string, string>) =>
      (await connection.callTool(name, args)).structuredContent;
    expect(await call('oauth_authenticator', { action: 'connect' })).toMatchObject({ status: 'signed_in' });
    expect(await call('sync_manager', { dataset: 'customers', path: 'contacts' })).toMatchObject({
      complete: true,
      rows: 8,
      local: { created: 8 },
    });
    oauth.expireAll();
    crm.edit(2, { name: 'Renamed' });
    expect(await call('sync_manager', { dataset: 'customers', path: 'contacts' })).toMatchObject({
      complete: true,
      local: { updated: 1 },
    });
    expect(await call('crm_client', { operation: 'get', path: 'contacts/2' })).toMatchObject({
      record: { name: 'Renamed' },
    });
    const log = await readFile(join(home, blueprint.name, 'workspace', 'logs/api-calls.jsonl'), 'utf8');
    expect(log).toContain('"path":"/contacts"');
    await connection.close();
    await server.stop();
    await Promise.all([oauth.close(), crm.close()]);
  });

  it('builds every recipe of this library without a word from types and lint, and answers their examples', async () => {
    const names = ['files', 'http', 'map', 'oauth', 'sql', 'sync', 'webhook', 'workflow'];
    const chosen = recipes.filter((recipe) => names.includes(recipe.name));
    const tools = chosen.flatMap((recipe) =>
      recipe.tools.map((tool) => ({
        name: tool.fallbackName ?? tool.name,
        title: tool.title,
        description: tool.description,
        input: tool.input,
        output: tool.output,
        annotations: tool.annotations,
        examples: [...tool.examples],
        implementation: { kind: 'recipe' as const, recipe: recipe.name, tool: tool.name, options: {} },
      })),
    );
    const environment = [
      ...new Map(chosen.flatMap((recipe) => recipe.environment ?? []).map((each) => [each.name, each])).values(),
    ];
    const blueprint = {
      ...planned(await readFile('examples/crm-sync.context.json', 'utf8')),
      name: 'all',
      tools,
      environment,
      flow: [],
      expectedOutputs: [],
    };
    const { diagnostics, bundle } = await build(blueprint);
    expect(diagnostics).toEqual([]);
    const { server, connection } = await start(blueprint, bundle.path, {});
    const listed = await connection.listTools();
    expect(listed).toHaveLength(tools.length);
    const query = await connection.callTool('sql_writer', {
      database: 'a.sqlite',
      create: true,
      statements: [{ sql: 'CREATE TABLE t (a)' }],
    });
    expect(query).toMatchObject({ structuredContent: { rows_changed: 0 } });
    expect(await connection.callTool('sql_query', { database: 'a.sqlite' })).toMatchObject({
      structuredContent: { rows: [['t', 'a']] },
    });
    const refused = await connection.callTool('http_client', { operation: 'list', path: 'contacts' });
    expect(refused).toMatchObject({ isError: true });
    expect(JSON.stringify(refused.content)).toContain('API_BASE_URL');
    await connection.close();
    await server.stop();
  });
});
