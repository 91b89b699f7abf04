import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { showRows } from './row.ts';
import type { Row } from './row.ts';

/** Each is a program of its own, so that none measures what another left in memory. */
const programs = [
  'analysis/run.ts',
  'server.ts',
  'sandbox.ts',
  'build.ts',
  'product.ts',
  'many.ts',
  'durability.ts',
  'openapi/own.ts',
];
if (process.env.OPENAPI_BENCH === undefined)
  process.stderr.write('Without bench/openapi/run.ts: set OPENAPI_BENCH to the folder of its harness and corpus.\n');
else programs.push('openapi/run.ts');

const rows = programs.flatMap((program): Row[] => {
  process.stderr.write(`\n── bench/${program} ──\n`);
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, program)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 16 * 1024 * 1024,
  });
  if (stdout.trim() === '') throw new Error(`bench/${program} printed nothing (exit ${status})`);
  return JSON.parse(stdout) as Row[];
});

process.stderr.write('\n── all ──\n');
process.exitCode = showRows(rows) ? 0 : 1;
