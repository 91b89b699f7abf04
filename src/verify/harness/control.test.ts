import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openControl } from './control.ts';

let home: string;
const servers: Server[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'control-'));
  await mkdir(join(home, 'inside'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(home, { recursive: true, force: true });
});

/** Answers every line with `answer`; tells how often it was connected to. */
async function listen(path: string, answer: string): Promise<() => number> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.on('error', () => {}).on('data', () => socket.write(answer));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return () => connections;
}

it('[SANDBOX-14] asks the socket that the server made, and none that a link there leads to', async () => {
  const made = join(home, 'inside', 's');
  await listen(join(home, 'own'), '42\n');
  const connections = await listen(join(home, 'decoy'), '42\n');
  await symlink(join(home, 'decoy'), made);
  const fooled = openControl(made, join(home, 'kept-1'));
  expect(await fooled.ask('heap')).toBeUndefined();
  fooled.close();
  expect(connections()).toBe(0);
  const honest = openControl(join(home, 'own'), join(home, 'kept-2'));
  expect(await honest.ask('heap')).toBe(42);
  honest.close();
});

it('[SANDBOX-14] takes an answer whole, whatever characters stand in it', async () => {
  await listen(join(home, 'own'), '"a\u2028b\u2029c\u0085d"\n');
  const control = openControl(join(home, 'own'), join(home, 'kept'));
  expect(await control.ask('sent')).toBe('a\u2028b\u2029c\u0085d');
  expect(await control.ask('sent')).toBe('a\u2028b\u2029c\u0085d');
  control.close();
});

it('[SANDBOX-14] takes no answer without end', async () => {
  await listen(join(home, 'own'), `"${'x'.repeat(17 * 1024 * 1024)}"\n`);
  const control = openControl(join(home, 'own'), join(home, 'kept'));
  expect(typeof (await control.ask('heap'))).toBe('undefined');
  expect(typeof (await control.ask('heap'))).toBe('undefined');
  control.close();
});
