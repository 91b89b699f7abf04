import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showRows, type Row } from '../../bench/row.ts';

/** All tests that start the product, on the packed one: as whoever runs this, then (count 2) the other way round. */
const count = Number(process.argv[2] ?? 2);
const places = ['contained', 'durable', 'true', 'cli', 'mcp', 'engine', 'product'].map((name) => `test/${name}`);
const ways: readonly (readonly [how: string, ...flags: string[]])[] = [
  ['as this user, control groups where they can be had'],
  // Only root can start a Docker daemon.
  [
    'as an ordinary user, without control groups',
    '--ordinary-user',
    '--no-control-groups',
    '--exclude=test/contained/docker*.test.ts',
  ],
];

const root = join(import.meta.dirname, '../..');
// Clients of other people, which some of the tests start.
const { status } = spawnSync(process.execPath, ['scripts/foreign.ts'], { cwd: root, stdio: ['ignore', 2, 2] });
if (status !== 0) throw new Error('The foreign clients could not be installed.');
const rows = ways.slice(0, count).flatMap(([how, ...flags]): Row[] => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-packed-'));
  try {
    chmodSync(folder, 0o777);
    const file = join(folder, 'results.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    spawnSync(process.execPath, ['scripts/packed-tests.ts', ...flags, ...reporters, ...places], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    const told = JSON.parse(readFileSync(file, 'utf8')) as Record<`num${'Passed' | 'Failed'}Tests`, number>;
    return [
      { what: 'tests of the packed product passed', value: told.numPassedTests, unit: '', least: 400, how },
      { what: 'tests of the packed product failed', value: told.numFailedTests, unit: '', most: 0, how },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
showRows(rows);
