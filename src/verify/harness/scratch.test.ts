import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeForeignTree } from '../../../test/support/foreign-tree.ts';
import { changedFiles, makeScratch, snapshotFolder } from './scratch.ts';

let scratch: Awaited<ReturnType<typeof makeScratch>>;
let state: string;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'scratch-'));
  scratch = await makeScratch(state);
});
afterEach(async () => {
  await scratch.remove();
  await rm(state, { recursive: true });
});

it('[ROBUST-10] sees that a folder has changed where code made paths that nobody can list', async () => {
  const before = await snapshotFolder(scratch.path);
  makeForeignTree(scratch.path);
  const changed = changedFiles(before, await snapshotFolder(scratch.path));
  expect(changed.length).toBeGreaterThan(20);
});
