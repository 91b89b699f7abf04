import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { groupPlaces } from './control-group-places.ts';
import { groupSettings } from './control-group-settings.ts';
import { canHaveControlGroups, controlGroupsWanted } from './control-group.ts';
import { openSandbox, type Sandbox } from './index.ts';

const state = mkdtempSync(join(tmpdir(), 'group-'));
let sandbox: Sandbox;

beforeAll(async () => {
  mkdirSync(join(state, 'desk'));
  sandbox = await openSandbox({ stateFolder: state });
});
afterAll(() => rmSync(state, { recursive: true, force: true }));

/** Groups of sandboxes of this process, in every hierarchy. */
function ownGroups(): string[] {
  return groupPlaces(readFileSync('/proc/self/mountinfo', 'utf8'), readFileSync('/proc/self/cgroup', 'utf8'))
    .flatMap(({ folder }) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.startsWith(`mcp-crafter-${process.pid}-`));
}

it.runIf(canHaveControlGroups())(
  '[SANDBOX-17] processes that stay below the limit one by one, and are above it together, are ended',
  async () => {
    // At most 12 children of 64 MB each.
    const hoard = `const kept = []; for (let i = 0; i < 8; i++) kept.push(Buffer.alloc(8 << 20, 1)); setTimeout(() => {}, 20_000)`;
    const family = `const { spawn } = require('child_process'); setTimeout(() => {
    for (let i = 0; i < 12; i++) spawn(process.execPath, ['-e', ${JSON.stringify(hoard)}], { stdio: 'ignore' }).on('exit', (_, signal) => { if (signal === 'SIGKILL') process.kill(process.pid, 'SIGKILL'); });
  }, 300);`;
    const run = await sandbox.run({
      command: ['/node/bin/node', '-e', family],
      limits: { memoryBytes: 640 << 20, seconds: 20 },
    });
    expect(run).toMatchObject({ code: null, signal: 'SIGKILL', endedBy: 'memory' });
    expect(ownGroups()).toEqual([]);
  },
);

it.runIf(canHaveControlGroups())(
  '[SANDBOX-17] memory that no process limit counts is held: files without a place',
  async () => {
    // memfd_create (319 on x86-64) through Perl, filled up to 600 MB.
    const fill =
      'my $name = "x"; my $fd = syscall(319, $name, 0); exit 3 if $fd < 0; open(my $file, ">&=", $fd) or exit 4; my $piece = "x" x 1048576; for (1..600) { print $file $piece or exit 5 } exit 0';
    const run = await sandbox.run({
      command: ['/bin/sh', '-c', 'sleep 0.3; exec /usr/bin/perl -e "$0"', fill],
      limits: { memoryBytes: 128 << 20, seconds: 20 },
    });
    expect(run).toMatchObject({ signal: 'SIGKILL', endedBy: 'memory' });
  },
);

it('[SANDBOX-17] groups are looked for where this process is, in both versions of the kernel', () => {
  const mounts = [
    '31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw',
    '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory',
    '39 31 0:36 /box /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids',
    '40 31 0:37 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct',
    '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw',
  ].join('\n');
  expect(groupPlaces(mounts, '8:pids:/box/a\n4:memory:/b\n2:cpu,cpuacct:/\n0::/user.slice/one.service\n')).toEqual([
    { version: 1, controller: 'memory', folder: '/sys/fs/cgroup/memory/b' },
    { version: 1, controller: 'pids', folder: '/sys/fs/cgroup/pids/a' },
    { version: 1, controller: 'cpu', folder: '/sys/fs/cgroup/cpu,cpuacct' },
    ...['/user.slice/one.service', '/user.slice', ''].map((path) => ({
      version: 2,
      controller: 'all',
      folder: `/sys/fs/cgroup/unified${path}`,
    })),
  ]);
  const limits = { memoryBytes: 1000, processes: 10, processors: 1.5, niceness: 5 };
  expect(groupSettings({ version: 2, controller: 'all' }, limits)).toEqual([
    ['memory.max', 1000],
    ['memory.swap.max', 0, true],
    ['memory.oom.group', 1, true],
    ['pids.max', 26],
    ['cpu.weight', 66, true],
    ['cpu.max', '150000 100000', true],
  ]);
  expect(groupSettings({ version: 1, controller: 'pids' }, limits)).toEqual([['pids.max', 26]]);
  expect(groupSettings({ version: 1, controller: 'cpu' }, limits)).toEqual([
    ['cpu.shares', 671],
    ['cpu.cfs_period_us', 100_000, true],
    ['cpu.cfs_quota_us', 150_000, true],
  ]);
  // Of builds, which no limit holds: on one processor they stand back for a server that is busy on two.
  expect(groupSettings({ version: 2, controller: 'all' }, { niceness: 10 })).toContainEqual(['cpu.weight', 21, true]);
  expect(groupSettings({ version: 1, controller: 'cpu' }, { niceness: 10 })).toEqual([
    ['cpu.shares', 220],
    ['cpu.cfs_period_us', 100_000, true],
    ['cpu.cfs_quota_us', -1, true],
  ]);
});

it('[SANDBOX-17] whoever wants none says so, in a word that is understood', () => {
  const wanted = (text?: string): boolean => controlGroupsWanted({ MCP_CRAFTER_CONTROL_GROUPS: text });
  expect([wanted(), wanted('auto'), wanted('off')]).toEqual([true, true, false]);
  for (const text of ['', 'no', 'OFF', '0']) expect(() => wanted(text), text).toThrow('neither auto nor off');
  const script = `const { canHaveControlGroups } = await import(${JSON.stringify(join(import.meta.dirname, 'control-group.ts'))}); console.log(canHaveControlGroups())`;
  const env = { ...process.env, MCP_CRAFTER_CONTROL_GROUPS: 'off' };
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });
  expect(said).toBe('false\n');
});

it('[SANDBOX-17] a word that is not understood is told before anything is started, with what to do', () => {
  const script = `const { probeSandbox } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))}); console.log(JSON.stringify(await probeSandbox()))`;
  const env = { ...process.env, MCP_CRAFTER_CONTROL_GROUPS: 'perhaps' };
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(JSON.parse(said)).toEqual({
    available: false,
    reason: 'MCP_CRAFTER_CONTROL_GROUPS is "perhaps", which is neither auto nor off.',
    remedy: 'Set MCP_CRAFTER_CONTROL_GROUPS to off to limit each process by itself, or leave it out.',
  });
});
