import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openStorage } from './storage.ts';
import type { Storage } from './types.ts';

/**
 * For tests: one real database for the test file, in a temporary state folder, gone after its last test.
 * Call it at the top of a file or of a `describe`; use what it returns inside of tests.
 */
export function withStorage(): { readonly storage: Storage; readonly stateFolder: string } {
  const held: { storage?: Storage; stateFolder?: string } = {};
  beforeAll(async () => {
    held.stateFolder = await mkdtemp(join(tmpdir(), 'mcp-crafter-test-'));
    process.once('exit', () => stopLeftover(held.stateFolder));
    held.storage = await openStorage({ stateFolder: held.stateFolder });
  });
  afterAll(async () => {
    await held.storage?.close();
    stopLeftover(held.stateFolder);
    if (held.stateFolder) await rm(held.stateFolder, { recursive: true, force: true });
  });
  return {
    get storage() {
      if (!held.storage) throw new Error('withStorage() opens the storage before the first test, not earlier.');
      return held.storage;
    },
    get stateFolder() {
      if (!held.stateFolder)
        throw new Error('withStorage() makes the state folder before the first test, not earlier.');
      return held.stateFolder;
    },
  };
}

/** Stops the database of a state folder that a test leaves without closing it. */
export function stopLeftover(stateFolder: string | undefined): void {
  try {
    const pid = Number(
      readFileSync(join(stateFolder ?? '', 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    if (pid > 1) process.kill(pid, 'SIGQUIT');
  } catch {
    // It does not run.
  }
}
