import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureService, stopService } from '../../src/service/index.ts';

/** A folder for one run, and in it a state folder with a service of its own. */
export interface State extends AsyncDisposable {
  readonly folder: string;
  readonly state: string;
}

/** @param kept Folder that stays; a temporary one is made and removed when absent. The service ends with the run, also by a signal. */
export async function openState(kept?: string): Promise<State> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'bench-openapi-'));
  const state = join(folder, 'state');
  for (const place of [folder, state]) {
    mkdirSync(place, { recursive: true });
    // As root the database runs as a user of its own, which has to pass.
    chmodSync(place, 0o755);
  }
  const close = async () => {
    await stopService(state);
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(1)));
  await ensureService(state);
  return { folder, state, [Symbol.asyncDispose]: close };
}
