import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  callTool,
  createMcpServer,
  getLogs,
  getServerInfo,
  restartServer,
  runOperation,
  startServer,
  updateServer,
} from '../../src/index.ts';
import { withCrafter } from '../engine/with-crafter.ts';
import { listen } from '../support/loopback.ts';
import type { Loopback } from '../support/loopback.ts';

const held = withCrafter();
let folder: string;
let other: string;
let web: Loopback;
let asked = 0;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'granted-')));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'note.txt'), 'a note');
  other = join(folder, '..', `${basename(folder)}-other`);
  mkdirSync(other);
  web = await listen((_request, response) => {
    asked += 1;
    response.end('an answer');
  });
});
afterAll(async () => {
  await web.close();
  for (const each of [folder, other]) rmSync(each, { recursive: true, force: true });
});

const call = (tool: string): Promise<unknown> =>
  runOperation(held.crafter, callTool, { server: 'reach', tool, arguments: {} }).then(
    (answer) => JSON.stringify(answer),
    (error: Error) => error.message,
  );

describe('what a server was granted', () => {
  // Two builds one after the other, on a machine that may be busy.
  it('[EGRESS-7] is taken back by name, while it runs', { timeout: 180_000 }, async () => {
    const tool = (name: string, implementation: string) => ({
      name,
      description: 'Returns a text from outside. It does not change it.',
      parameters: {},
      implementation,
    });
    const [host = '', port = ''] = web.host.split(':');
    const raw = (host: string, port: string): string => `const { connect } = await import('node:net');
      const socket = connect(${port}, '${host}');
      socket.write('GET / HTTP/1.0\\r\\n\\r\\n');
      let text = '';
      for await (const chunk of socket) text += chunk;
      return { text };`;
    const made = await runOperation(held.crafter, createMcpServer, {
      server_name: 'reach',
      description: 'Texts from outside.',
      custom_tools: [
        tool('get_answer', `return { text: await (await context.fetch('${web.url}/')).text() };`),
        tool('get_raw', raw(host, port)),
        tool('get_other', raw('other.invalid', '80')),
        tool('get_note', `return { text: await context.folders.readText('${folder}/note.txt') };`),
      ],
      allow_hosts: [web.host, 'localhost:1'],
      folders: [folder, other],
      start: true,
      wait: true,
    });
    expect(made).toMatchObject({ status: 'success' });
    for (const name of ['get_answer', 'get_raw']) expect(await call(name)).toContain('an answer');
    expect(await call('get_note')).toContain('a note');
    const { traffic } = await runOperation(held.crafter, getServerInfo, { server: 'reach' });
    expect(traffic).toMatchObject({ refused: 0, hosts: { [web.host]: traffic?.requests } });
    expect(traffic?.bytesReceived).toBeGreaterThan(2 * 'an answer'.length);

    const change = { server: 'reach', revoke_hosts: [web.host], wait: true };
    expect(await runOperation(held.crafter, updateServer, change)).toMatchObject({ status: 'success' });
    const before = asked;
    for (const name of ['get_answer', 'get_raw']) expect(await call(name)).not.toContain('an answer');
    expect(asked).toBe(before);
    const shown = await runOperation(held.crafter, getServerInfo, { server: 'reach' });
    expect(shown.grants).toMatchObject({ hosts: [{ host: 'localhost', port: 1 }], folders: [{}, {}] });
  });

  it('[EGRESS-7] is named where something else was to be taken back', async () => {
    const change = { server: 'reach', revoke_hosts: ['api.test'], wait: true };
    await expect(runOperation(held.crafter, updateServer, change)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problems: [{ field: 'revoke_hosts[0]', value: 'api.test', message: 'is not granted' }],
    });
  });

  it('[EGRESS-8] is gone at once, though the next version does not pass', { timeout: 90_000 }, async () => {
    const wrong = {
      name: 'get_wrong',
      description: 'Returns a text. It does not change it.',
      parameters: {},
      implementation: "return { text: 'right' };",
      examples: [{ arguments: {}, expect: { equals: { text: 'wrong' } } }],
    };
    const earlier = { server: 'reach', allow_hosts: ['localhost:2'] };
    const { build } = await runOperation(held.crafter, updateServer, earlier);
    const change = { server: 'reach', custom_tools: [wrong], revoke_folders: [folder], wait: true };
    const outcome = await runOperation(held.crafter, updateServer, change).catch((error: unknown) => error);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'VERIFICATION_FAILED' },
      notes: expect.arrayContaining([
        `Taken back at once: folder ${folder} (reading).`,
        expect.stringContaining(`${build} was cancelled`),
      ]),
    });
    expect(await call('get_note')).not.toContain('a note');
    expect(await runOperation(held.crafter, getServerInfo, { server: 'reach' })).toMatchObject({
      status: 'running',
      grants: { hosts: [{ port: 1 }], folders: [{ path: other }] },
    });
  });

  it('[EGRESS-11] is not what stands at the path of a folder since: the server is not started with that', async () => {
    renameSync(other, `${other}-away`);
    symlinkSync(folder, other);
    const restarted = runOperation(held.crafter, restartServer, { server: 'reach' });
    await expect(restarted).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
      message: `${other} leads to ${folder} now. When it was granted it was ${other}.`,
    });
    rmSync(other);
    renameSync(`${other}-away`, other);
    await runOperation(held.crafter, startServer, { server: 'reach' });
  });

  it('[EGRESS-6] and what it was refused stands in its log and in what is shown of it', async () => {
    await call('get_other');
    const { traffic } = await runOperation(held.crafter, getServerInfo, { server: 'reach' });
    expect(traffic?.refused).toBeGreaterThan(0);
    const { lines } = await runOperation(held.crafter, getLogs, { server: 'reach' });
    expect(lines.join('\n')).toContain('other.invalid:80 was not reached: this host and port are not granted');
  });

  it('[SERVICE-10] and what it exchanged is still counted when the service was stopped and started', async () => {
    const { traffic } = await runOperation(held.crafter, getServerInfo, { server: 'reach' });
    expect(traffic?.hosts[web.host]).toBeGreaterThan(0);
    await held.reopen();
    const now = async () => (await runOperation(held.crafter, getServerInfo, { server: 'reach' })).traffic;
    await expect.poll(now, { timeout: 20_000 }).toEqual(traffic);
  });

  it('[EGRESS-8] is gone also where the server cannot be started again without: it is stopped then, and that is said', async () => {
    rmSync(other, { recursive: true });
    const change = { server: 'reach', revoke_hosts: ['localhost'], wait: true };
    await expect(runOperation(held.crafter, updateServer, change)).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
      message: expect.stringMatching(/Taken back at once: host localhost:1\. reach was stopped/),
    });
    expect(await runOperation(held.crafter, getServerInfo, { server: 'reach' })).toMatchObject({
      status: 'ready',
      grants: { hosts: [] },
    });
  });
});
