import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopLeftover } from '../../src/storage/testing.ts';
import { openLoginSession, type LoginSession } from '../support/keyring.ts';
import { productCommand } from '../support/product.ts';
import { foundIn, searchFiles } from '../support/search.ts';
import { processesOf, startService } from '../support/service-process.ts';

let home: string;
let session: LoginSession;
let key: string;
const state = (name = 'state'): string => join(home, name);
const keyFile = (name = 'state'): string => readFileSync(join(state(name), 'key'), 'utf8').trim();

/** A command in the login session, or where no session is. */
function run(
  words: readonly string[],
  env: NodeJS.ProcessEnv = session.environment,
  at = state(),
): Promise<{ code: number; text: string }> {
  const environment = { ...process.env, DBUS_SESSION_BUS_ADDRESS: '', ...env, MCP_CRAFTER_HOME: at, NO_COLOR: '1' };
  return new Promise((done) => {
    execFile(productCommand, [...words], { env: environment, cwd: home }, (error, stdout, stderr) =>
      done({ code: (error?.code as number | undefined) ?? 0, text: stdout + stderr }),
    );
  });
}

const form = {
  server_name: 'keyed',
  description: 'Words.',
  environment_vars: { WORD_KEY: { description: 'Key.', secret: true, value: 'canary-of-the-keyring' } },
  custom_tools: [
    {
      name: 'get_length',
      description: 'Returns a length. It does not store it.',
      parameters: { more: { type: 'integer', description: 'Added.', minimum: 0, maximum: 100 } },
      implementation: "return { length: context.secret('WORD_KEY').length + more };",
      examples: [{ arguments: { more: 1 } }],
    },
  ],
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'keyring-'));
  chmodSync(home, 0o755);
  session = await openLoginSession(join(home, 'session'));
});
afterAll(async () => {
  await session.end();
  for (const name of ['state', 'restored']) stopLeftover(state(name));
  rmSync(home, { recursive: true, force: true });
});

describe('the key of secrets', () => {
  it('[SECRETS-5] lies in a file of its user at first, and the doctor says so', async () => {
    expect((await run(['doctor'])).text).toContain('Made with the first start, in a file.');
    const service = await startService(state());
    expect(await service.call('create_mcp_server', { ...form, wait: true, start: false })).toMatchObject({
      status: 'success',
    });
    await service.stop();
    key = keyFile();
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(statSync(join(state(), 'key')).mode & 0o777).toBe(0o600);
    expect((await run(['doctor'])).text).toContain('In the file `key`');
  }, 120_000);

  it('[SECRETS-6] stays in its file, with the reason, where no keyring answers', async () => {
    const refused = await run(['key', 'keyring'], {});
    expect(refused).toEqual({
      code: 6,
      text: expect.stringMatching(/system's keyring cannot be used[^]*DBUS_SESSION_BUS_ADDRESS/),
    });
    expect(keyFile()).toBe(key);
    expect(await run(['key', 'cupboard'])).toMatchObject({ code: 2 });
  });

  it('[SECRETS-6] moves into the keyring, and is then in no file, command line or environment; secrets open', async () => {
    expect(await run(['key', 'keyring'])).toMatchObject({ code: 0 });
    expect(keyFile()).toBe('keyring');
    const { code, text } = await run(['doctor']);
    expect([code, text]).toEqual([0, expect.stringContaining("In the system's keyring.")]);
    const service = await startService(state(), { env: session.environment });
    try {
      const answer = await service.call('call_tool', { server: 'keyed', tool: 'get_length', arguments: { more: 2 } });
      expect(answer).toMatchObject({ structuredContent: { length: 'canary-of-the-keyring'.length + 2 } });
      const told = processesOf(service.pid, state()).flatMap((pid) =>
        ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1')),
      );
      expect(foundIn(told.join('\n'), { key })).toEqual([]);
      expect(searchFiles(state(), { key })).toEqual([]);
      expect(await run(['backup', 'all.backup'])).toMatchObject({ code: 0 });
    } finally {
      await service.stop();
    }
  }, 120_000);

  it('[SECRETS-6] that cannot be had ends the start in words, and the doctor tells it', async () => {
    const { code, text } = await run(['doctor'], {});
    expect([code, text]).toEqual([6, expect.stringContaining('✗ Key')]);
    await expect(startService(state(), { env: { DBUS_SESSION_BUS_ADDRESS: '' } })).rejects.toThrow(
      /keyring cannot be used/,
    );
  }, 60_000);

  it('[SECRETS-6] is in a backup, whose restored folder has it in its file', async () => {
    expect(await run(['restore', 'all.backup'], {}, state('restored'))).toMatchObject({ code: 0 });
    expect(keyFile('restored')).toBe(key);
    expect(statSync(join(state('restored'), 'key')).mode & 0o777).toBe(0o600);
  }, 60_000);

  it('[SECRETS-6] moves back into its file, and out of the keyring', async () => {
    expect(await run(['key', 'file'])).toMatchObject({ code: 0 });
    expect(keyFile()).toBe(key);
    writeFileSync(join(state(), 'key'), 'keyring\n');
    expect(await run(['doctor'])).toMatchObject({
      code: 6,
      text: expect.stringContaining('holds no key of mcp-crafter'),
    });
    writeFileSync(join(state(), 'key'), `${key}\n`);
  });
});
