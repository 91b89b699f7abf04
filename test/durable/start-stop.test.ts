import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { lockPath, socketPath } from '../../src/service/index.ts';
import { version } from '../../src/util/index.ts';
import { withCommandLine } from '../support/cli.ts';
import { productCommand } from '../support/product.ts';
import { processesOf } from '../support/service-process.ts';

const started: ChildProcess[] = [];

/** A process that has the state folder as a service has it, and does what `code` says. */
async function holder(stateFolder: string, code: string): Promise<ChildProcess> {
  const lock = lockPath(stateFolder);
  mkdirSync(dirname(lock), { recursive: true, mode: 0o700 });
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { createServer } from 'node:http';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { processMark } from ${JSON.stringify(join(import.meta.dirname, '../../src/util/process-mark.ts'))};
    process.on('SIGTERM', () => {});
    writeFileSync(${JSON.stringify(lock)}, processMark());
    process.stdout.write('holds');
    ${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  await once(child.stdout, 'data');
  return child;
}

describe.concurrent('[SERVICE-12] a service', () => {
  const [ending, slow, real] = [withCommandLine(), withCommandLine(), withCommandLine()];
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  it('that ends in order and takes its time is not killed', async ({ expect }) => {
    // Longer than one may be silent that listens.
    const child = await holder(ending.stateFolder, 'await sleep(12_000); process.exit(7);');
    expect((await ending.run(['serve', '--stop'])).stdout).toBe('The service has stopped.\n');
    expect([child.exitCode, child.signalCode]).toEqual([7, null]);
  });

  it('that another command has started is waited for as long as one of its own', async ({ expect }) => {
    const answers = `(asked, answer) => answer.end(JSON.stringify(asked.url === '/health'
      ? { version: ${JSON.stringify(version)}, pid: process.pid, startedAt: '' } : { result: { servers: [] } }))`;
    const listen = `createServer(${answers}).listen(${JSON.stringify(socketPath(slow.stateFolder))});`;
    const child = await holder(slow.stateFolder, `await sleep(12_000); ${listen} await sleep(60_000);`);
    const { code, stdout } = await slow.run(['list', '--json']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"servers": []')]);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('that is told to end while it starts leaves nothing running; one that ends is followed by the next', async ({
    expect,
  }) => {
    const service = spawn(productCommand, ['serve'], {
      env: { ...process.env, MCP_CRAFTER_HOME: real.stateFolder },
      stdio: 'ignore',
    });
    started.push(service);
    const database = join(real.stateFolder, 'postgres', 'data', 'postmaster.pid');
    await expect.poll(() => existsSync(database), { timeout: 30_000, interval: 5 }).toBe(true);
    // As `serve --stop` tells it.
    service.kill('SIGTERM');
    expect(await once(service, 'exit')).toEqual([0, null]);
    expect(processesOf(service.pid as number, real.stateFolder)).toEqual([]);

    const log = JSON.stringify(join(real.stateFolder, 'logs', '_service.log'));
    const refused = `while (!readFileSync(${log}, { encoding: 'utf8', flag: 'a+' }).includes('already')) await sleep(10);`;
    await holder(real.stateFolder, `${refused} await sleep(500);`);
    const { code, stderr } = await real.run(['list', '--json']);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('did not start')]);
  });
});
