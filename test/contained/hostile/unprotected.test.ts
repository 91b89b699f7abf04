import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unprotected } from '../../../src/spec/index.ts';
import { wordForm } from '../../support/cli.ts';
import { productCommand } from '../../support/product.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
/** Where neither sandbox can be had: bubblewrap is not asked, and no daemon is there. */
const nowhere = { MCP_CRAFTER_SANDBOX: 'docker', DOCKER_HOST: 'unix:///nowhere' };
let service: ChildProcess | undefined;
beforeAll(async () => {
  for (const name of ['calm', 'quiet']) expect((await bench.make(name, [calm])).json.status).toBe('success');
});
afterAll(() => service?.kill('SIGTERM'));

const start = (words: readonly string[], environment: object): ChildProcess =>
  spawn(productCommand, words, {
    cwd: bench.folder,
    env: { ...process.env, MCP_CRAFTER_HOME: bench.stateFolder, ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });

async function serve(words: readonly string[], environment: object): Promise<void> {
  await bench.run(['serve', '--stop']);
  service = start(['serve', ...words], environment);
  const socket = join(bench.stateFolder, 'run', 'service.sock');
  await expect.poll(() => existsSync(socket), { timeout: 60_000 }).toBe(true);
}

/** What `run NAME` answers to a client that says hello and goes. */
async function hello(name: string, environment: object): Promise<{ code: number; said: string }> {
  const run = start(['run', name], environment);
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  run.stdin?.on('error', () => undefined);
  run.stdin?.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  const [said, [code]] = await Promise.all([text(run.stdout as NonNullable<typeof run.stdout>), once(run, 'exit')]);
  return { code: code as number, said };
}

const form = (): string => bench.file('more.json', wordForm('more'));
const caveats = async (name: string): Promise<unknown> => (await bench.run(['verify', name, '--json'])).json['caveats'];
const statuses = async (): Promise<readonly string[]> =>
  (await bench.run(['list', '--json'])).json.servers.map(({ status }) => status);

it('[SANDBOX-9] without a sandbox nothing is built, called, run or started, but at the word of the user', async () => {
  expect(await hello('calm', nowhere)).toMatchObject({ said: '' });
  await serve([], nowhere);
  const refused = await Promise.all([
    bench.run(['create', form(), '--wait', '--json']),
    bench.run(['call', 'calm', 'say_calm', '{}', '--json']),
  ]);
  expect(refused.map(({ json }) => json.error.code)).toEqual(['SANDBOX_UNAVAILABLE', 'SANDBOX_UNAVAILABLE']);
  expect(await hello('calm', nowhere)).toMatchObject({ said: '' });
  expect(await statuses()).not.toContain('running');
}, 180_000);

it('[HOSTILE-7] a run from the command line without a sandbox is noted, also where the service has one', async () => {
  await serve(['--unsafe-no-sandbox'], {});
  expect((await hello('quiet', {})).said).toContain('"serverInfo"');
  expect(await caveats('quiet')).toEqual([]);
  expect((await hello('quiet', nowhere)).said).toContain('"serverInfo"');
  expect(await caveats('quiet')).toEqual([unprotected]);
  expect(await caveats('calm')).toEqual([]);
}, 180_000);

it('[HOSTILE-7] a server that ran once without a sandbox is reported as such also where there is one again', async () => {
  await serve(['--unsafe-no-sandbox'], nowhere);
  expect((await bench.order('calm', 'say_calm')).said).toBe('calm');
  const { report } = (await bench.run(['create', form(), '--wait', '--json'])).json;
  expect(report).toMatchObject({ sandbox: 'none', caveats: [unprotected] });
  await bench.run(['serve', '--stop']);
  expect(await caveats('calm')).toEqual([unprotected]);
  expect(
    (await bench.run(['update', 'calm', '--description', 'Other words.', '--wait', '--json'])).json['report'],
  ).toMatchObject({
    caveats: [unprotected],
  });
}, 180_000);
