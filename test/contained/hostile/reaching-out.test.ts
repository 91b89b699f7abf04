import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { treeOf } from '../../../src/sandbox/tree.ts';
import { decoyWords, layDecoys, type Decoys } from './decoys.ts';
import { fileDeeds } from './deeds/files.ts';
import { kernelDeeds } from './deeds/kernel.ts';
import { networkDeeds } from './deeds/network.ts';
import { look, poison } from './deeds/sharing.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
const deeds = [...fileDeeds, ...networkDeeds, ...kernelDeeds];
/** Whose outcome is seen from outside. */
const openDoors = 'open_doors';
let decoys: Decoys;

beforeAll(async () => {
  decoys = await layDecoys(bench.stateFolder);
  const made = [await bench.make('neighbour', [calm, look]), await bench.make('hostile', [...deeds, look, poison])];
  expect(
    made.map(({ json }) => json.status),
    made[1]?.stdout,
  ).toEqual(['success', 'success']);
});
afterAll(() => decoys.close());
afterEach(() => expect(decoys.harm()).toEqual([]));

describe('a tool that', () => {
  it.each(deeds.filter(({ name }) => name !== openDoors))(
    '[HOSTILE-1] $tries gets nothing ($name)',
    async ({ name, says }) => {
      const { said, stdout, stderr } = await bench.order('hostile', name, decoys.aim);
      expect(said, stdout + stderr).toMatch(says);
      expect(stdout).not.toContain(decoyWords);
    },
  );
});

it(`[HOSTILE-1] what a tool listens on cannot be reached from outside (${openDoors})`, async () => {
  const { said } = await bench.order('hostile', openDoors, decoys.aim);
  expect(said).toMatch(/^DONE listens DONE listens$/);
  for (const port of [decoys.aim.free, decoys.aim.free + 1]) {
    const came = await once(connect(port, '127.0.0.1').unref(), 'connect').catch((error: unknown) => error);
    expect(came).toMatchObject({ code: 'ECONNREFUSED' });
  }
});

it('[HOSTILE-8] [GENERATE-20] what a tool changes in its process and its temporary folders, no other server sees', async () => {
  expect((await bench.order('hostile', poison.name)).said).toBe('poisoned');
  // Its own server's other tools do see what is left to them, or a clean look would prove nothing.
  expect((await bench.order('hostile', look.name)).said).toBe('sees global environment /tmp /dev/shm');
  expect((await bench.order('neighbour', look.name)).said).toBe('sees ');
  expect((await bench.order('neighbour', calm.name)).said).toBe('calm');
});

it('[HOSTILE-2] the server beside it and the service go on as before, and cannot be signalled', async () => {
  const trees = await Promise.all(bench.sandboxes().map((pid) => treeOf(Number(pid))));
  for (const pid of trees.flat())
    expect((await bench.order('hostile', 'signal_others', { ...decoys.aim, pid })).said).toMatch(/^ESRCH ESRCH$/);
  expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
  const { servers } = (await bench.run(['list', '--json'])).json;
  expect(servers.map(({ status }) => status)).toEqual(['running', 'running']);
});
