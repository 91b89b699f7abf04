import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import {
  callTool,
  cancelBuild,
  createMcpServer,
  deleteServer,
  getBuildStatus,
  getServerInfo,
  listServers,
  runOperation,
  startServer,
  updateServer,
} from '../../src/index.ts';
import { form, withCrafter } from './with-crafter.ts';

const held = withCrafter();

/** Every file below a folder whose bytes hold a text. */
function filesHolding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter(
      (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true && readFileSync(file).includes(text),
    );
}

describe('from a form to a server and back', () => {
  it('[ENGINE-1] makes, verifies and starts a server that the official client calls', async () => {
    const stages: string[] = [];
    const made = await runOperation(
      held.crafter,
      createMcpServer,
      { form: form('calculator'), start: true, wait: true },
      { progress: (event) => stages.push(event.stage) },
    );
    expect(made.error).toBeUndefined();
    expect(made).toMatchObject({
      status: 'success',
      server: 'calculator',
      version: '1.0.0',
      report: { success: true },
    });
    expect(stages).toEqual(expect.arrayContaining(['verify', 'deploy', 'done']));

    const shown = await runOperation(held.crafter, getServerInfo, { server: 'calculator', with_token: true });
    expect(shown).toMatchObject({ status: 'running', tools: ['add_numbers', 'get_initials', 'get_season'] });
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(shown.url ?? ''), {
        requestInit: { headers: { authorization: `Bearer ${shown.token}` } },
      }),
    );
    const result = await client.callTool({ name: 'add_numbers', arguments: { a: 40, b: 2 } });
    expect(result.structuredContent).toEqual({ sum: 42 });
    await client.close();
  });

  it('calls tools of a running server and of one that does not run', async () => {
    const call = { server: 'calculator', tool: 'get_season', arguments: { month: 4 } };
    expect((await runOperation(held.crafter, callTool, call)).structuredContent).toEqual({ season: 'spring' });
    await held.crafter.fleet.stop('calculator');
    expect((await runOperation(held.crafter, callTool, call)).structuredContent).toEqual({ season: 'spring' });
    await runOperation(held.crafter, startServer, { server: 'calculator' });
    await expect(
      runOperation(held.crafter, callTool, { server: 'calculator', tool: 'get_seasons' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('get_season'),
    });
  });

  it('[ENGINE-6] changes nothing when the same form comes again', async () => {
    const again = await runOperation(held.crafter, updateServer, {
      server: 'calculator',
      form: form('calculator'),
      wait: true,
    });
    expect(again).toMatchObject({ status: 'unchanged', version: '1.0.0' });
    expect(again.build).toBeUndefined();
  });

  it('[ENGINE-7] puts the next version in place behind the same address and shows what changes', async () => {
    const { url } = held.crafter.fleet.state('calculator');
    const updated = await runOperation(held.crafter, updateServer, {
      server: 'calculator',
      custom_tools: [
        {
          name: 'multiply_numbers',
          description: 'Multiplies two numbers and returns the product. It does not round.',
          parameters: {
            a: { type: 'number', description: 'First factor.' },
            b: { type: 'number', description: 'Second factor.' },
          },
          implementation: 'return { product: a * b };',
          examples: [{ arguments: { a: 6, b: 7 }, expect: { contains: '42' } }],
        },
      ],
      wait: true,
    });
    expect(updated.error).toBeUndefined();
    expect(updated).toMatchObject({ status: 'success', version: '1.1.0', url });
    expect(updated.changes?.interface.join('\n')).toContain('multiply_numbers');
    expect(updated.changes?.code).toContain('a * b');
    const { servers } = await runOperation(held.crafter, listServers, {});
    expect(servers[0]?.tools).toEqual(['add_numbers', 'get_initials', 'get_season', 'multiply_numbers']);
    const product = await runOperation(held.crafter, callTool, {
      server: 'calculator',
      tool: 'multiply_numbers',
      arguments: { a: 6, b: 7 },
    });
    expect(product.structuredContent).toEqual({ product: 42 });
  });

  it('[ENGINE-7] rolls back a version that fails where it runs, and says why', async () => {
    const failing = {
      name: 'get_initials',
      description: 'Returns the initials of a name in upper case. It does not change the name.',
      parameters: { name: { type: 'string', description: 'A full name.', maxLength: 200 } },
      // Verification makes the secret up; where the server runs, it has the real one.
      implementation:
        "if (context.secret('BREAK_TOKEN') === 'explode-now') throw new Error('broken where it runs'); return name.charAt(0);",
      examples: [{ arguments: { name: 'ada lovelace' } }],
    };
    const updated = await runOperation(held.crafter, updateServer, {
      server: 'calculator',
      custom_tools: [failing],
      environment_vars: { BREAK_TOKEN: 'explode-now' },
      wait: true,
    });
    const shown = await runOperation(held.crafter, getServerInfo, { server: 'calculator' });
    expect(updated).toMatchObject({ status: 'failed', error: { code: 'SERVER_UNHEALTHY' } });
    expect(shown.releases[0]).toMatchObject({ status: 'rolled_back', reason: expect.stringContaining('get_initials') });
    expect(shown.environment).toEqual([]);
    expect(await held.crafter.secrets.names('calculator')).toEqual([]);
    expect(shown).toMatchObject({ status: 'running', version: '1.1.0' });
    const call = { server: 'calculator', tool: 'get_initials', arguments: { name: 'ada lovelace' } };
    expect((await runOperation(held.crafter, callTool, call)).content[0]).toMatchObject({
      text: expect.stringContaining('AL'),
    });
  });

  it('[ENGINE-8] leaves a file alone that a person changed, and names it', async () => {
    const readme = join(held.crafter.folders('calculator').project, 'README.md');
    writeFileSync(readme, '# Mine\n');
    const updated = await runOperation(held.crafter, updateServer, {
      server: 'calculator',
      description: 'Small sums.',
      remove_tools: ['get_season'],
      wait: true,
    });
    expect(updated).toMatchObject({ status: 'success', changes: { kept: [readme] } });
    expect(readFileSync(readme, 'utf8')).toBe('# Mine\n');
  });

  it('[ENGINE-10] runs its servers again after the service was closed and opened', async () => {
    const { version } = await runOperation(held.crafter, getServerInfo, { server: 'calculator' });
    const left = ['tmp/v-left', 'run/s-left'].map((path) => join(held.stateFolder, path));
    for (const path of left) mkdirSync(path);
    await held.reopen();
    await expect.poll(() => held.crafter.fleet.state('calculator').status, { timeout: 20_000 }).toBe('running');
    const call = { server: 'calculator', tool: 'add_numbers', arguments: { a: 1, b: 1 } };
    expect((await runOperation(held.crafter, callTool, call)).structuredContent).toEqual({ sum: 2 });
    expect((await runOperation(held.crafter, getServerInfo, { server: 'calculator' })).version).toBe(version);
    await expect.poll(() => left.filter((path) => existsSync(path))).toEqual([]);
  });

  it('[ENGINE-13] removes all that belongs to a server', async () => {
    const { project, workspace, log } = held.crafter.folders('calculator');
    await runOperation(held.crafter, deleteServer, { server: 'calculator' });
    expect([project, workspace, log].filter((path) => existsSync(path))).toEqual([]);
    expect(readdirSync(join(held.crafter.stateFolder, 'artifacts'))).toEqual([]);
    await expect(runOperation(held.crafter, getServerInfo, { server: 'calculator' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await runOperation(held.crafter, listServers, {})).servers).toEqual([]);
  });
});

describe('a build under way', () => {
  it('[ENGINE-18] goes on after the service was closed and opened', async () => {
    const ordered = await runOperation(held.crafter, createMcpServer, { form: form('patient'), start: true });
    expect(ordered.status).toBe('queued');
    await expect
      .poll(() => runOperation(held.crafter, getBuildStatus, { build: ordered.build ?? '' }), {
        timeout: 20_000,
        interval: 20,
      })
      .toMatchObject({ stage: 'verify' });
    await held.reopen();
    const ended = await runOperation(held.crafter, getBuildStatus, { build: ordered.build ?? '', wait: true });
    expect(ended).toMatchObject({ status: 'success', report: { success: true } });
    expect(held.crafter.fleet.state('patient').status).toBe('running');
  });

  it('[ENGINE-18] can be cancelled and leaves nothing', async () => {
    const ordered = await runOperation(held.crafter, createMcpServer, { form: form('unwanted') });
    const ended = await runOperation(held.crafter, cancelBuild, { build: ordered.build ?? '' });
    expect(ended.status).toBe('cancelled');
    expect(existsSync(held.crafter.folders('unwanted').project)).toBe(false);
    expect((await runOperation(held.crafter, createMcpServer, { form: form('unwanted'), wait: true })).status).toBe(
      'success',
    );
  });
});

describe('secrets', () => {
  it('[ENGINE-11] seals the values of a form: they are in no file and no answer', async () => {
    const secret = 'sk-engine-7f3a9c-secret-value';
    const made = await runOperation(held.crafter, createMcpServer, {
      form: form('keeper', {
        environment_vars: { WEATHER_API_KEY: secret, REGION: 'north' },
        custom_tools: [
          {
            name: 'get_length',
            description: 'Returns how long the key is. It does not return the key.',
            parameters: {},
            implementation:
              "context.log.info(`the key is ${context.secret('WEATHER_API_KEY')}`); return { length: context.secret('WEATHER_API_KEY').length };",
          },
        ],
      }),
      wait: true,
      start: true,
    });
    expect(made).toMatchObject({ status: 'success' });
    const { structuredContent } = await runOperation(held.crafter, callTool, { server: 'keeper', tool: 'get_length' });
    expect(structuredContent).toEqual({ length: secret.length });
    const shown = await runOperation(held.crafter, getServerInfo, { server: 'keeper' });
    expect(shown.environment).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'WEATHER_API_KEY', secret: true, set: true })]),
    );
    expect(JSON.stringify([made, shown])).not.toContain(secret);
    expect(filesHolding(held.stateFolder, secret)).toEqual([]);
  });
});

describe('a port in use', () => {
  it('[ENGINE-12] is refused with a remedy, and a new server leaves nothing behind', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const made = await runOperation(held.crafter, createMcpServer, { form: form('crowded'), port, wait: true });
    other.close();
    expect(made).toMatchObject({ status: 'failed', error: { code: 'PORT_TAKEN' } });
    const { project, workspace } = held.crafter.folders('crowded');
    expect([project, workspace].filter((path) => existsSync(path))).toEqual([]);
    expect((await runOperation(held.crafter, listServers, {})).servers.map(({ name }) => name)).not.toContain(
      'crowded',
    );
  });
});
