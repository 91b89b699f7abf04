import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf, withCommandLine, wordForm } from '../support/cli.ts';
import { listen, type Loopback } from '../support/loopback.ts';
import { productCommand } from '../support/product.ts';
import { dumpTables, foundIn, searchFiles } from '../support/search.ts';
import { processesOf, startService, type ServiceProcess } from '../support/service-process.ts';

const line = withCommandLine();
const canary = (): string => `q${randomBytes(12).toString('hex')}`;
/** One that JSON, URLs, forms and base64 each write in another way. */
const marked = (): string => `${canary()} +/"~'${canary()}`;

/** Given where secrets belong. */
const given = {
  form: marked(),
  url: canary(),
  flag: marked(),
  failed: marked(),
  agent: marked(),
  asked: marked(),
  shell: marked(),
  password: marked(),
  key: canary(),
  planned: marked(),
};
/** Typed where they do not. */
const typed = {
  prompt: `sk-proj-${randomBytes(16).toString('hex')}`,
  code: `ghp_${randomBytes(18).toString('hex')}`,
  value: `sk-ant-${randomBytes(16).toString('hex')}`,
  link: `z${randomBytes(8).toString('hex')}`,
  context: `ghp_${randomBytes(18).toString('hex')}`,
};
const all = { ...given, ...typed };
/** All that came out anywhere. */
const said: string[] = [];

async function run(words: readonly string[], stdin = ''): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await line.run(words, stdin);
  said.push(`${stdout}\n${stderr}`);
  return { code, text: stdout + stderr };
}

/** What the test itself writes lies apart from what is searched. */
function file(name: string, content: unknown): string {
  mkdirSync(join(line.folder, 'given'), { recursive: true });
  return line.file(join('given', name), content);
}

/** Says its secrets in every way that is the server's to say them, but not in its answer. */
const talk = `
  const token = context.secret('API_KEY');
  const bytes = (text: string, encoding: 'hex' | 'base64' | 'base64url'): string => Buffer.from(text).toString(encoding);
  const said = [token, context.secret('STORE')].flatMap((value) => [
    value,
    JSON.stringify(JSON.stringify({ value })),
    encodeURI(value),
    encodeURIComponent(value),
    new URLSearchParams({ value }).toString(),
    bytes(value, 'hex'),
    bytes(value, 'hex').toUpperCase(),
    ...['', 'm:', 'me:', 'mee:'].flatMap((user) => [bytes(user + value, 'base64'), bytes(user + value + '.', 'base64url')]),
  ]);
  console.error(said);
  process.stderr.write(said.join('\\n') + '\\n' + JSON.stringify({ said }) + '\\n');
  context.log.info('with ' + said.join());
  if (word === 'fail') throw new Error('refused for ' + said.join());
  if (word.startsWith('http')) {
    const heard: string[] = [];
    for (const [url, key] of [[word, token], ['http://refused.invalid/', token], [word, token + '\\n\\u0000']] as const)
      heard.push(await context.fetch(url, { headers: { 'x-key': key, authorization: 'Bearer ' + token } })
        .then(async (answer) => [...answer.headers].join() + await answer.text(), (error) => String(error) + String(error.cause)));
    throw new Error(heard.join());
  }
  return { word };`;

/** A host that gives back all that it was sent. */
const received: string[] = [];
let mirror: Loopback;
let service: ServiceProcess;
beforeAll(async () => {
  mirror = await listen(({ headers, url }, response) => {
    received.push(JSON.stringify({ url, headers }));
    response.writeHead(500, { 'x-seen': String(headers['x-key']) }).end(`${headers.authorization} at ${url}`);
  });
  service = await startService(line.stateFolder, { words: ['--http', '0'] });
});
afterAll(async () => {
  await mirror.close();
  await service.stop();
});

const secret = (value: string) => ({ description: 'Key.', secret: true, value });
const variables = {
  API_KEY: secret(given.form),
  STORE: { description: 'Address.', value: `postgres://me:${given.url}@db.invalid/x` },
};
const failing = (value: string): Record<string, unknown> =>
  wordForm(
    'broken',
    { implementation: `throw new Error(context.secret('API_KEY') + word);` },
    { environment_vars: { API_KEY: secret(value) } },
  );
const shop = (url: string): unknown => ({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  servers: [{ url }],
  security: [{ login: [], key: [] }],
  components: {
    securitySchemes: { login: { type: 'http', scheme: 'basic' }, key: { type: 'apiKey', in: 'query', name: 'k' } },
  },
  paths: { '/orders': { get: { operationId: 'listOrders', responses: { 200: { description: 'Orders.' } } } } },
});
const order = {
  taskId: 'planned',
  taskType: 'data_processing',
  requirements: ['Read JSON files from the shop’s API', 'Authenticate with an API key'],
  expectedOutputs: ['A JSON file'],
};

const message = (id: number | undefined, method: string, params?: object): object => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  method,
  ...(params === undefined ? {} : { params }),
});
const initialize = message(1, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
});
const initialized = message(undefined, 'notifications/initialized');

/** Calls mcp-crafter's own tools one after the other, as an agent does that shows progress. */
async function asAgent(calls: readonly (readonly [tool: string, input: object])[]): Promise<void> {
  const face = spawn(productCommand, ['mcp'], { env: { ...process.env, MCP_CRAFTER_HOME: line.stateFolder } });
  const send = (each: object): unknown => face.stdin.write(`${JSON.stringify(each)}\n`);
  const left = calls.map(([name, input], index) =>
    message(index + 2, 'tools/call', { name, arguments: input, _meta: { progressToken: index } }),
  );
  face.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  send(initialize);
  send(initialized);
  for await (const text of createInterface({ input: face.stdout })) {
    said.push(text);
    if (!Object.hasOwn(JSON.parse(text) as object, 'id')) continue;
    const next = left.shift();
    if (next === undefined) face.stdin.end();
    else send(next);
  }
}

/** Everything that the service streams over HTTP for one operation. */
async function overHttp(operation: string, input: object): Promise<string> {
  const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(service.said()) ?? [];
  const token = readFileSync(join(line.stateFolder, 'run', 'http-token'), 'utf8').trim();
  const answer = await fetch(`${address}/operations/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
  });
  const text = await answer.text();
  said.push(text);
  return text;
}

describe('secrets planted in every place', () => {
  it('[SECRETS-2] are refused where words and code would keep them', async () => {
    const tool = (code: string): Record<string, unknown> => wordForm('typed', { implementation: code });
    const documents: [string, unknown][] = [
      ['code.json', tool(`const key = '${typed.code}'; return { word: word + key.length };`)],
      ['link.json', tool(`const at = 'postgres://me:${typed.link}@db.invalid/x'; return { word: word + at.length };`)],
      ['value.json', wordForm('typed', {}, { environment_vars: { NOTE: `use ${typed.value}` } })],
      ['context.json', { ...order, constraints: [`The key is ${typed.context}`] }],
    ];
    for (const [name, document] of documents) {
      const { code, text } = await run(['create', file(name, document), '--wait']);
      expect([name, code, text]).toEqual([name, 2, expect.stringMatching(/stands in it/)]);
    }
    const words = `Read CSV files, with the key ${typed.prompt}`;
    for (const command of ['create', 'plan']) expect((await run([command, words])).code).toBe(2);
    await run(['list']);
    expect(searchFiles(line.stateFolder, typed)).toEqual([]);
  });

  it('[SECRETS-1] are masked in all that a server says, in every writing', async () => {
    const form = wordForm('talker', { implementation: talk }, { environment_vars: variables });
    const create = ['create', file('talker.json', form), '--allow-host', mirror.host, '--start', '--wait'];
    expect(await run(create)).toMatchObject({ code: 0 });
    expect((await run(['create', file('broken.json', failing(given.failed)), '--wait'])).code).not.toBe(0);
    await run(['update', 'talker', '--env', `API_KEY=${given.flag}`, '--wait']);
    for (const word of ['tree', 'fail', mirror.url])
      await run(['call', 'talker', 'get_word', JSON.stringify({ word })]);
    const call = message(2, 'tools/call', { name: 'get_word', arguments: { word: 'fail' } });
    const ran = await run(
      ['run', 'talker'],
      [initialize, initialized, call].map((each) => `${JSON.stringify(each)}\n`).join(''),
    );
    const logs = await run(['logs', 'talker']);
    // Fifteen writings, said at least three times.
    for (const { text } of [ran, logs])
      for (const name of ['API_KEY', 'STORE']) expect(text.split(`[secret ${name}]`).length).toBeGreaterThan(45);
    expect(foundIn(received.join('\n'), { flag: given.flag })).toEqual(['flag']);
    expect(foundIn(said.join('\n'), all)).toEqual([]);
  }, 120_000);

  it('[SECRETS-1] are nowhere when an API that was sent them gives them back', async () => {
    const secrets = ['--env', 'SHOP_USERNAME=me', '--env', `SHOP_PASSWORD=${given.password}`];
    const create = ['create', file('shop.json', shop(mirror.url)), '--allow-host', mirror.host, '--wait'];
    const made = await run([...create, ...secrets, '--env', `SHOP_API_KEY=${given.key}`]);
    expect([made.code, made.text]).toEqual([0, expect.any(String)]);
    received.length = 0;
    expect((await run(['call', 'shop', 'list_orders', '{}'])).text).toContain('500');
    expect(foundIn(received.join('\n'), given)).toEqual(['password', 'key']);
    expect(foundIn(said.join('\n'), all)).toEqual([]);
  }, 120_000);

  it('[SECRETS-1] are in no answer, progress or event of the plan, the agent’s tools and the service over HTTP', async () => {
    await run(['plan', file('order.json', order)]);
    const environment = { API_KEY: given.planned };
    const built = await overHttp('execute_plan', { plan: order.taskId, environment, wait: true });
    expect(built).toMatch(/^\{"event":/);
    expect(JSON.parse(built.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ result: { status: 'success' } });
    await overHttp('get_logs', { server: 'talker' });
    await asAgent([
      ['update_server', { server: 'talker', environment: { API_KEY: given.agent }, wait: true }],
      ['call_tool', { server: 'talker', tool: 'get_word', arguments: { word: 'fail' } }],
      ['create_mcp_server', { ...failing(given.asked), wait: true }],
      ['get_server_info', { server: 'talker' }],
      ['get_build_status', { build: 'broken' }],
    ]);
    expect(said.join('\n')).toContain('notifications/progress');
    expect(foundIn(said.join('\n'), all)).toEqual([]);
  }, 120_000);

  it('[SECRETS-1] [SECRETS-3] are in no file, table, output, command line or environment after all that', async () => {
    for (const words of [['show', 'talker'], ['verify', 'talker'], ['status'], ['list', '--json']]) await run(words);
    // What a backup holds opens secrets, by its purpose; what is said about it does not.
    expect((await run(['backup', join(line.folder, 'given', 'state.backup')])).code).toBe(0);
    for (const client of ['claude-code', 'cursor']) {
      expect((await run(['connect', client, 'talker'])).code).toBe(0);
      await run(['connect', client, 'shop', '--print', '--json']);
    }

    // The command that gives a secret by the name of its variable is the one that starts the service.
    expect(await service.stop()).toBe(0);
    const shell = { ...process.env, MCP_CRAFTER_HOME: line.stateFolder, HOME: line.folder, API_KEY: given.shell };
    const update = ['update', 'talker', '--env', 'API_KEY', '--wait'];
    const { status, stdout, stderr } = spawnSync(productCommand, update, { env: shell, encoding: 'utf8' });
    said.push(stdout, stderr);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Starting the mcp-crafter service')]);

    const pid = Number(serviceOf(line.stateFolder));
    const lines = processesOf(pid, line.stateFolder).map((each) => readFileSync(`/proc/${each}/cmdline`, 'latin1'));
    expect(lines.length).toBeGreaterThan(3);
    expect(foundIn(lines.join('\n'), all)).toEqual([]);
    expect(foundIn(readFileSync(`/proc/${pid}/environ`, 'latin1'), all)).toEqual([]);
    expect(foundIn(said.join('\n') + service.said(), all)).toEqual([]);
    expect(searchFiles(line.stateFolder, all)).toEqual([]);
    const tables = await dumpTables(line.stateFolder);
    expect(Object.keys(tables).length).toBeGreaterThan(5);
    expect(
      Object.entries(tables).flatMap(([name, rows]) => foundIn(rows, all).map((found) => `${found}: ${name}`)),
    ).toEqual([]);
    rmSync(join(line.folder, 'given'), { recursive: true });
    expect(searchFiles(line.folder, all)).toEqual([]);

    for (const name of ['talker', 'shop', 'shops-client']) expect((await run(['delete', name])).code).toBe(0);
    expect(searchFiles(line.stateFolder, all)).toEqual([]);
    expect((await dumpTables(line.stateFolder))['mcp_crafter.secrets']).toBe('');
  }, 120_000);

  it('[SECRETS-4] and memory is left in no file: the service and all it started may write no core', () => {
    const limits = processesOf(Number(serviceOf(line.stateFolder)), line.stateFolder).map((pid) =>
      /^Max core file size\s+(\S+)\s+(\S+)/m
        .exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))
        ?.slice(1, 3)
        .join(' '),
    );
    expect(limits.length).toBeGreaterThan(1);
    // At one byte, and at no other limit, the kernel hands a core to no program either. Who has 0 may not raise it.
    const mayHaveOne = spawnSync('prlimit', ['--core=1:1', 'true']).status === 0;
    expect(new Set(limits)).toEqual(new Set([mayHaveOne ? '1 1' : '0 0']));
  });

  it('[SECRETS-5] and the key is open to its user only', () => {
    expect(statSync(join(line.stateFolder, 'key')).mode & 0o777).toBe(0o600);
  });
});
