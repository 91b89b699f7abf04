import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeForeignTree } from '../../test/support/foreign-tree.ts';
import type { Crafter } from '../crafter.ts';
import { removeTree } from '../sandbox/index.ts';
import { resumeServers } from './resume.ts';

let state: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'resume-'));
  await Promise.all(['run', 'artifacts'].map((name) => mkdir(join(state, name))));
});
afterEach(() => removeTree(state));

/** Nothing of what a service has, but its state folder. */
const crafter = (): Crafter =>
  ({
    stateFolder: state,
    builds: { settleLost: async () => {} },
    storage: {
      builds: { list: async () => [], deleteLost: async () => {} },
      servers: { list: async () => [] },
    },
  }) as unknown as Crafter;

const started = async (): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  resumeServers(crafter(), true, new AbortController().signal, async () => resolve(true));
  return Promise.race([promise, sleep(5000, false, { ref: false })]);
};

describe('servers that ran', () => {
  it('[ROBUST-10] are taken up whatever foreign code has left, and that is cleared', async () => {
    const left = join(state, 'tmp', 'v-left');
    makeForeignTree(join(left, 'w'));
    await sleep(10);
    expect(await started()).toBe(true);
    const isLeft = (): Promise<boolean> =>
      access(left).then(
        () => true,
        () => false,
      );
    await expect.poll(isLeft).toBe(false);
  });

  it('[ROBUST-10] are taken up where nothing can be cleared', async () => {
    await rm(join(state, 'run'), { recursive: true });
    expect(await started()).toBe(true);
  });
});
