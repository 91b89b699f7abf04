import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { showRows } from '../bench/row.ts';
import type { Row } from '../bench/row.ts';

/**
 * Long trials, each a program below test/soak/ that gets its count as its only argument and prints rows as bench/row.ts
 * does. A count is set by its variable, within bounds: SOAK_CREATES=20 npm run soak -- load. Words choose programs by name.
 */
const programs: readonly { name: string; variable: string; count: number; most: number }[] = [
  { name: 'load', variable: 'SOAK_CREATES', count: 600, most: 2000 },
  { name: 'kills', variable: 'SOAK_KILLS', count: 1000, most: 5000 },
  { name: 'packed', variable: 'SOAK_PACKED', count: 2, most: 2 },
  { name: 'defences', variable: 'SOAK_DEFENCES', count: 1, most: 1 },
  { name: 'fuzz', variable: 'SOAK_FUZZ', count: 1_000_000, most: 10_000_000 },
];

const chosen = process.argv.slice(2);
const rows = programs
  .filter(({ name }) => chosen.length === 0 || chosen.includes(name))
  .flatMap(({ name, variable, count, most }): Row[] => {
    const wanted = Math.min(most, Math.max(1, Math.trunc(Number(process.env[variable] ?? count)) || count));
    process.stderr.write(`\n── ${name}: ${wanted} (${variable}) ──\n`);
    const program = join(import.meta.dirname, '../test/soak', `${name}.ts`);
    const { status, stdout } = spawnSync(process.execPath, [program, String(wanted)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 16 * 1024 * 1024,
    });
    if (status !== 0 || stdout.trim() === '') throw new Error(`test/soak/${name}.ts failed (exit ${status})`);
    return JSON.parse(stdout) as Row[];
  });
process.stderr.write('\n── all ──\n');
process.exitCode = showRows(rows) ? 0 : 1;
