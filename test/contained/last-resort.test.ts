import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockPath, socketPath } from '../../src/service/index.ts';
import { startService } from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

const fixture = (name: string): string => join(import.meta.dirname, `../fixtures/${name}/main.ts`);
let home: string;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'last-'));
});
afterAll(async () => {
  await service?.kill();
  await rm(home, { recursive: true, force: true });
});

describe('what nobody caught', () => {
  it('[ROBUST-11] ends the service in order with a line in its log and a code that is not 0; the next one starts', async () => {
    const hook = join(home, 'fault.mjs');
    await writeFile(hook, "process.on('SIGUSR2', () => { throw new Error('a fault of the test'); });");
    const state = join(home, 'state');
    service = await startService(state, { env: { NODE_OPTIONS: `--import=${hook}` } });
    process.kill(service.pid, 'SIGUSR2');
    while (existsSync(lockPath(state)) && existsSync(`/proc/${service.pid}`)) await sleep(20);
    expect([existsSync(lockPath(state)), existsSync(socketPath(state))]).toEqual([false, false]);
    expect(await service.stop()).toBe(1);
    const [line = ''] = service
      .said()
      .split('\n')
      .filter((one) => one.includes('fault'));
    expect(JSON.parse(line)).toMatchObject({ level: 'fatal', message: 'a fault of the test' });
    service = await startService(state);
    expect(await service.call('list_servers', {})).toMatchObject({ servers: [] });
  }, 60_000);

  it.each(['thrown', 'rejected'])('[ROBUST-11] %s, shows no secret', (how) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [fixture('last-resort'), how], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, 'in order']);
    expect(stderr).toContain('fault with •••');
    expect(stderr).not.toContain('a-secret-value');
  });
});

it('[ROBUST-10] a sandbox that cannot be started for want of open files ends its start alone', () => {
  const words = ['--nofile=64:64', process.execPath, fixture('no-files')];
  const { stdout } = spawnSync('prlimit', words, { encoding: 'utf8', timeout: 20_000 });
  expect(stdout).toBe('EMFILE, and goes on');
});
