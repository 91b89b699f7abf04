import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { callService, ensureService, stopService } from '../src/service/index.ts';
import { median, showRows } from './row.ts';

/** From a form with three tools to a verified, running server, on two cores, dependencies and compile caches warm. */
const repetitions = 7;

if (availableParallelism() > 2 && process.env.BENCH_PINNED === undefined) {
  const pinned = spawnSync('taskset', ['-c', '0,1', process.execPath, ...process.execArgv, import.meta.filename], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_PINNED: '1' },
  });
  process.exit(pinned.status ?? 1);
}

const stateFolder = mkdtempSync(join(tmpdir(), 'bench-build-'));
try {
  await ensureService(stateFolder);
  const form = JSON.parse(
    readFileSync(join(import.meta.dirname, 'fixtures', 'three-tools.form.json'), 'utf8'),
  ) as Record<string, unknown>;
  const seconds: number[] = [];
  for (let round = 0; round <= repetitions; round++) {
    const start = performance.now();
    const result = (await callService(stateFolder, 'create_mcp_server', { ...form, wait: true, start: true })) as {
      status: string;
      url?: string;
      error?: unknown;
    };
    if (result.status !== 'success' || result.url === undefined)
      throw new Error(`the build failed: ${JSON.stringify(result.error)}`);
    if (round > 0) seconds.push((performance.now() - start) / 1000);
    await callService(stateFolder, 'delete_server', { server: 'three-tools' });
  }
  showRows([
    {
      what: 'form with 3 tools → verified and running',
      value: median(seconds),
      unit: 's',
      most: 4,
      how: `median of ${repetitions}, service running, 2 cores`,
    },
  ]);
} finally {
  await stopService(stateFolder);
  rmSync(stateFolder, { recursive: true, force: true });
}
