import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopLeftover } from '../../src/storage/testing.ts';
import { tryLoad } from '../support/load.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';

let state: string;
let service: ServiceProcess;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'load-'));
  await chmod(state, 0o755);
  service = await startService(state);
});

afterAll(async () => {
  await service.stop();
  stopLeftover(state);
  await rm(state, { recursive: true, force: true });
});

describe('many builds at once', () => {
  it('[DURABLE-WANT-11] all succeed, callers are told the truth, and the machine keeps room for others', async () => {
    const load = { atOnce: 6, queued: 10 };
    const { failures, untrue, succeeded, peakBytes, seen, pressing } = await tryLoad(service, state, load);
    expect({ failures, untrue, succeeded }).toEqual({ failures: [], untrue: [], succeeded: 16 });
    expect(peakBytes).toBeLessThan(1536 * 2 ** 20);
    expect(seen).toBeGreaterThan(10);
    // A program is seen for a moment before it stands back.
    expect(pressing).toBeLessThanOrEqual(seen / 10);
  }, 180_000);
});
