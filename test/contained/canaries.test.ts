import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceOf, withCommandLine, wordForm } from '../support/cli.ts';
import { listen, type Loopback } from '../support/loopback.ts';
import { dumpTables, foundIn, searchFiles } from '../support/search.ts';
import { processesOf } from '../support/service-process.ts';

const line = withCommandLine();
const canary = (): string => `q${randomBytes(12).toString('hex')}`;

/** Given where secrets belong. */
const given = { form: canary(), url: canary(), flag: canary(), failed: canary() };
/** Typed where they do not. */
const typed = {
  prompt: `sk-proj-${randomBytes(16).toString('hex')}`,
  code: `ghp_${randomBytes(18).toString('hex')}`,
  value: `sk-ant-${randomBytes(16).toString('hex')}`,
  link: `z${randomBytes(8).toString('hex')}`,
};
const all = { ...given, ...typed };
const said: string[] = [];

async function run(words: readonly string[], stdin = ''): Promise<{ code: number; text: string }> {
  const { code, stdout, stderr } = await line.run(words, stdin);
  said.push(`${stdout}\n${stderr}`);
  return { code, text: stdout + stderr };
}

/** Says its secrets in every way that is the server's to say them, but not in its answer. */
const talk = `
  const token = context.secret('API_KEY');
  console.error('plain ' + token, encodeURIComponent(token), Buffer.from(token).toString('base64'));
  process.stderr.write(JSON.stringify({ token }) + '\\n');
  context.log.info('with ' + token);
  if (word === 'fail') throw new Error('refused for ' + token);
  if (word.startsWith('http')) {
    const said: string[] = [];
    for (const [url, key] of [[word, token], ['http://refused.invalid/', token], [word, token + '\\n\\u0000']] as const)
      said.push(await context.fetch(url, { headers: { 'x-key': key, authorization: 'Bearer ' + token } })
        .then(async (answer) => [...answer.headers].join() + await answer.text(), (error) => String(error) + String(error.cause)));
    throw new Error(said.join());
  }
  return { word };`;

/** A host that gives back all that it was sent. */
const received: string[] = [];
let mirror: Loopback;
beforeAll(async () => {
  mirror = await listen(({ headers }, response) => {
    received.push(JSON.stringify(headers));
    response.writeHead(500, { 'x-seen': String(headers['x-key']) }).end(headers.authorization);
  });
});
afterAll(() => mirror.close());

const variables = {
  API_KEY: { description: 'Key.', secret: true, value: given.form },
  STORE: { description: 'Address.', value: `postgres://me:${given.url}@db.invalid/x` },
};

describe('secrets planted in every place', () => {
  it('[SECRETS-2] are refused where words and code would keep them', async () => {
    const tool = (code: string): Record<string, unknown> => wordForm('typed', { implementation: code });
    const forms: [string, unknown][] = [
      ['code.json', tool(`const key = '${typed.code}'; return { word: word + key.length };`)],
      ['link.json', tool(`const at = 'postgres://me:${typed.link}@db.invalid/x'; return { word: word + at.length };`)],
      ['value.json', wordForm('typed', {}, { environment_vars: { NOTE: `use ${typed.value}` } })],
    ];
    for (const [name, form] of forms) {
      const { code, text } = await run(['create', line.file(name, form), '--wait']);
      expect([name, code, text]).toEqual([name, 2, expect.stringMatching(/stands in it/)]);
    }
    const words = `Read CSV files, with the key ${typed.prompt}`;
    for (const command of ['create', 'plan']) expect((await run([command, words])).code).toBe(2);
    await run(['list']);
    expect(searchFiles(line.stateFolder, typed)).toEqual([]);
  });

  it('[SECRETS-1] [SECRETS-3] are nowhere after a life of builds, calls, failures and logs', async () => {
    const form = wordForm('talker', { implementation: talk }, { environment_vars: variables });
    const create = ['create', line.file('talker.json', form), '--allow-host', mirror.host, '--start', '--wait'];
    expect(await run(create)).toMatchObject({ code: 0 });
    const broken = wordForm('broken', {
      implementation: `throw new Error(context.secret('API_KEY') + word);`,
    });
    const failing = { ...broken, environment_vars: { API_KEY: { ...variables.API_KEY, value: given.failed } } };
    expect((await run(['create', line.file('broken.json', failing), '--wait'])).code).not.toBe(0);
    await run(['update', 'talker', '--env', `API_KEY=${given.flag}`, '--wait']);
    for (const word of ['tree', 'fail', mirror.url])
      await run(['call', 'talker', 'get_word', JSON.stringify({ word })]);
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    };
    const call = {
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'get_word', arguments: { word: 'fail' } },
    };
    const ready = { jsonrpc: '2.0', method: 'notifications/initialized' };
    const ran = await run(
      ['run', 'talker'],
      [initialize, ready, call].map((each) => `${JSON.stringify(each)}\n`).join(''),
    );
    expect(ran.text).toContain('[secret API_KEY]');
    for (const words of [['show', 'talker'], ['logs', 'talker'], ['verify', 'talker'], ['status'], ['list', '--json']])
      await run(words);

    const service = Number(serviceOf(line.stateFolder));
    const lines = processesOf(service, line.stateFolder).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
    expect(lines.length).toBeGreaterThan(3);
    expect(foundIn(lines.join('\n'), all)).toEqual([]);
    expect(foundIn(readFileSync(`/proc/${service}/environ`, 'latin1'), all)).toEqual([]);
    expect(foundIn(received.join('\n'), { flag: given.flag })).toEqual(['flag']);
    const logs = await run(['logs', 'talker']);
    expect(logs.text).toContain('[secret API_KEY]');
    expect(foundIn(said.join('\n'), all)).toEqual([]);
    expect(searchFiles(line.stateFolder, all)).toEqual([]);
    const tables = await dumpTables(line.stateFolder);
    expect(Object.keys(tables).length).toBeGreaterThan(5);
    expect(
      Object.entries(tables).flatMap(([name, rows]) => foundIn(rows, all).map((found) => `${found}: ${name}`)),
    ).toEqual([]);

    expect((await run(['delete', 'talker'])).code).toBe(0);
    expect(searchFiles(line.stateFolder, all)).toEqual([]);
    expect((await dumpTables(line.stateFolder))['mcp_crafter.secrets']).toBe('');
  }, 300_000);

  it('[SECRETS-4] and memory is left in no file: the service and all it started may write no core', () => {
    const service = Number(serviceOf(line.stateFolder));
    const limits = processesOf(service, line.stateFolder).map((pid) =>
      /^Max core file size\s+(\S+)\s+(\S+)/m
        .exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))
        ?.slice(1, 3)
        .join(' '),
    );
    expect(limits.length).toBeGreaterThan(1);
    expect(new Set(limits)).toEqual(new Set(['0 0']));
  });

  it('[SECRETS-5] and the key is open to its user only', () => {
    expect(statSync(join(line.stateFolder, 'key')).mode & 0o777).toBe(0o600);
  });
});
