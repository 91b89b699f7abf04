import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../src/index.ts';
import { callService } from '../../src/service/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';
import { wordForm } from '../support/cli.ts';
import { tryLoad } from '../support/load.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

let state: string;
let service: ServiceProcess;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'load-'));
  await chmod(state, 0o755);
  service = await startService(state);
});

afterAll(async () => {
  await service.stop();
  stopLeftover(state);
  await rm(state, { recursive: true, force: true });
});

describe('many builds at once', () => {
  it('[DURABLE-WANT-11] all succeed, callers are told the truth, and the machine keeps room for others', async () => {
    const load = { atOnce: 6, queued: 10 };
    const { failures, untrue, succeeded, peakBytes, seen, pressing } = await tryLoad(service, state, load);
    expect({ failures, untrue, succeeded }).toEqual({ failures: [], untrue: [], succeeded: 16 });
    expect(peakBytes).toBeLessThan(1536 * 2 ** 20);
    expect(seen).toBeGreaterThan(10);
    // A program is seen for a moment before it stands back.
    expect(pressing).toBeLessThanOrEqual(seen / 10);
  }, 180_000);
});

describe('cancelling', () => {
  const stages = ['resolve', 'generate', 'verify', 'package', 'deploy'];

  it.each(stages)('[DURABLE-WANT-12] at the stage "%s" ends a build once, and leaves a whole server or none', async (stage) => {
    const name = `cancelled-${stage}`;
    const left = () => ['servers', 'workspaces'].filter((place) => existsSync(join(state, place, name)));
    let asked: Promise<unknown> | undefined;
    const onLine = (line: object): void => {
      const event = 'event' in line ? (line.event as ProgressEvent) : undefined;
      if (event?.stage === stage) asked ??= service.call('cancel_build', { build: event.build });
    };
    const input = { ...wordForm(name), wait: true, start: true };
    const ended = (await callService(state, 'create_mcp_server', input, { onLine })) as { build: string; status: string };
    expect(asked).toBeDefined();
    await asked;
    const { status } = await service.call('get_build_status', { build: ended.build, wait: true });
    const { servers } = await service.call<{ servers: { name: string }[] }>('list_servers', {});
    const stands = servers.some((server) => server.name === name);
    // The last stages are short: they may have ended before the word to cancel came.
    expect(status).toBe(stands ? 'success' : 'cancelled');
    if (['resolve', 'generate', 'verify'].includes(stage)) expect(status).toBe('cancelled');
    if (!stands) expect(left()).toEqual([]);
    expect(readdirSync(join(state, 'tmp'))).not.toContain(ended.build);
    if (stands) await service.call('delete_server', { server: name });
    expect(await service.call('create_mcp_server', { ...wordForm(name), wait: true, start: false })).toMatchObject({
      status: 'success',
    });
  }, 120_000);
});
