import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { unprotected } from '../../../src/spec/index.ts';
import { productCommand } from '../../support/product.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
let service: ChildProcess | undefined;
afterAll(() => service?.kill('SIGTERM'));

/** The service in a world where bubblewrap cannot be started, on the word of the user. */
async function serveUnprotected(): Promise<void> {
  const world = ['--dev-bind', '/', '/', '--bind', '/dev/null', '/usr/bin/bwrap', '--die-with-parent', '--'];
  service = spawn('bwrap', [...world, productCommand, 'serve', '--unsafe-no-sandbox'], {
    env: { ...process.env, MCP_CRAFTER_HOME: bench.stateFolder, DOCKER_HOST: 'unix:///nonexistent' },
    stdio: 'ignore',
  });
  const socket = join(bench.stateFolder, 'run', 'service.sock');
  await expect.poll(() => existsSync(socket), { timeout: 60_000 }).toBe(true);
}

const caveats = async (): Promise<unknown> => (await bench.run(['verify', 'calm', '--json'])).json['caveats'];

it('[HOSTILE-7] a server that ran once without a sandbox is reported as such also where there is one again', async () => {
  expect((await bench.make('calm', [calm])).json.status).toBe('success');
  expect(await caveats()).toEqual([]);
  await bench.run(['serve', '--stop']);
  await serveUnprotected();
  expect((await bench.order('calm', 'say_calm')).said).toBe('calm');
  await bench.run(['serve', '--stop']);
  expect(await caveats()).toEqual([unprotected]);
  expect(
    (await bench.run(['update', 'calm', '--description', 'Other words.', '--wait', '--json'])).json['report'],
  ).toMatchObject({
    caveats: [unprotected],
  });
}, 180_000);
