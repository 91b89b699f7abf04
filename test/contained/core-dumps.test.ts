import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopLeftover } from '../../src/storage/testing.ts';
import { wordForm } from '../support/cli.ts';
import { productCommand } from '../support/product.ts';
import { searchFiles } from '../support/search.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

const home = mkdtempSync(join(tmpdir(), 'cores-'));
chmodSync(home, 0o755);
const [state, here] = [join(home, 'state'), join(home, 'here')];
mkdirSync(here);
chmodSync(here, 0o777);
/** A process started so may write a core of 200 MB into the folder that it is in. */
const mayDump = ['env', '-C', here, 'prlimit', '--core=200000000'];
const secret = `q${randomBytes(12).toString('hex')}`;

/** Whether this machine writes cores into the folder of the process that ends. */
function writesCores(): boolean {
  const [program = '', ...words] = [...mayDump, process.execPath, '-e', 'process.abort()'];
  spawnSync(program, words, { stdio: 'ignore' });
  const written = existsSync(join(here, 'core'));
  rmSync(join(here, 'core'), { force: true });
  return written;
}

describe.runIf(writesCores())('a crash', () => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startService(state, { around: mayDump });
    const code =
      "if (word === context.secret('API_KEY')) return {}; if (word === 'crash') process.abort(); return { word };";
    const variables = { API_KEY: { description: 'Key.', secret: true, value: secret } };
    const form = wordForm('crashing', { implementation: code }, { environment_vars: variables });
    const made = await service.call('create_mcp_server', { form, start: true, wait: true });
    expect(made).toMatchObject({ status: 'success' });
  });
  afterAll(async () => {
    await service.kill();
    stopLeftover(state);
    rmSync(home, { recursive: true, force: true });
  });

  const cores = (): string[] =>
    readdirSync(home, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() && /^core(\.\d+)?$/.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
    );

  it('[SECRETS-4] of a server, of who runs it, and of the service leaves none of its memory in a file', async () => {
    const call = { server: 'crashing', tool: 'get_word', arguments: { word: 'crash' } };
    await expect(service.call('call_tool', call)).rejects.toThrow();

    const [program = '', ...words] = [...mayDump, productCommand, 'run', 'crashing'];
    const running = spawn(program, words, {
      env: { ...process.env, MCP_CRAFTER_HOME: state },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    running.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })}\n`);
    await once(running.stdout, 'data');
    running.kill('SIGSEGV');
    expect(await once(running, 'exit')).toEqual([null, 'SIGSEGV']);

    process.kill(service.pid, 'SIGABRT');
    await expect.poll(() => existsSync(`/proc/${service.pid}`), { timeout: 20_000 }).toBe(false);
    expect(cores()).toEqual([]);
    expect(searchFiles(home, { secret })).toEqual([]);
  });
});
