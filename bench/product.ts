import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPacked } from '../test/support/packed.ts';
import { median, showRows } from './row.ts';
import type { Row } from './row.ts';

/** The packed product, installed into an empty folder: start of the command line, memory of the resident part. */
const repetitions = 15;
const folder = mkdtempSync(join(tmpdir(), 'bench-product-'));
// As root the database runs as a user of its own, which has to pass.
chmodSync(folder, 0o755);
const home = join(folder, 'home');
const environment = {
  ...process.env,
  HOME: home,
  MCP_CRAFTER_HOME: join(folder, 'state'),
  NODE_COMPILE_CACHE: join(folder, 'compile'),
};

try {
  const program = installPacked(folder);
  // The very binary that the product runs on, so that both sides share its pages alike.
  const node = realpathSync(join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'));
  const crafter = (...words: string[]): void =>
    void execFileSync(program, words, { env: environment, stdio: 'ignore', cwd: folder });
  const rows: Row[] = [];

  const [help, empty] = alternate(
    () => crafter('--help'),
    () => void execFileSync(node, ['-e', '0'], { env: environment }),
  );
  rows.push({
    what: 'packed --help against node -e 0',
    value: help / empty,
    unit: '×',
    most: 3,
    how: `medians of ${repetitions} each, alternating: ${help.toFixed(0)} ms and ${empty.toFixed(0)} ms`,
  });

  crafter('list');
  const lists = Array.from({ length: repetitions }, () => timed(() => crafter('list')));
  rows.push({
    what: 'packed list, service running',
    value: median(lists),
    unit: 'ms',
    most: 250,
    how: `median of ${repetitions}`,
  });

  await sleep(3000);
  rows.push(...(await memoryRows(node)));
  showRows(rows);
  spawnSync(program, ['serve', '--stop'], { env: environment });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function memoryRows(node: string): Promise<Row[]> {
  const { pid } = JSON.parse(
    execFileSync(
      'curl',
      ['-s', '--unix-socket', join(folder, 'state', 'run', 'service.sock'), 'http://localhost/health'],
      { encoding: 'utf8' },
    ),
  ) as { pid: number };
  const idle = spawn(node, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'ignore' });
  await sleep(1000);
  const megabytes = (id: number): number => proportionalMemory(id) / 1024 / 1024;
  const service = megabytes(pid);
  const empty = megabytes(idle.pid ?? 0);
  const database = postgresOf(pid).reduce((sum, id) => sum + megabytes(id), 0);
  idle.kill();
  return [
    {
      what: 'idle service above an empty Node',
      value: service - empty,
      unit: 'MB',
      most: 70,
      how: `PSS: ${service.toFixed(0)} MB and ${empty.toFixed(0)} MB`,
    },
    { what: 'PostgreSQL beside it', value: database, unit: 'MB', most: 40, how: 'PSS of all its processes' },
  ];
}

/** Medians in milliseconds of two commands run in turn, so that both see the same machine. */
function alternate(first: () => void, second: () => void): [number, number] {
  const times: [number[], number[]] = [[], []];
  first();
  for (let round = 0; round < repetitions; round++) {
    times[0].push(timed(first));
    times[1].push(timed(second));
  }
  return [median(times[0]), median(times[1])];
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function proportionalMemory(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** The database's processes: those whose data folder lies in the state folder, and their children. */
function postgresOf(service: number): number[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        return [
          {
            pid: Number(name),
            parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
            command: readFileSync(`/proc/${name}/cmdline`, 'utf8'),
          },
        ];
      } catch {
        return [];
      }
    });
  const main = processes.filter((process) => process.command.includes('postgres') && process.command.includes(folder));
  const roots = new Set(main.map((process) => process.pid));
  return processes
    .filter((process) => process.pid !== service && (roots.has(process.pid) || roots.has(process.parent)))
    .map((process) => process.pid);
}
