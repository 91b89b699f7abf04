import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openSandbox } from './index.ts';
import { seccompFilter } from './seccomp.ts';

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const KILL = 0x80000000;
const audit = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Runs the filter as the kernel would. */
function judge(filter: Buffer, architecture: number, number: number, args: readonly number[] = []): number {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, architecture, true);
  args.forEach((value, index) => data.setUint32(16 + 8 * index, value, true));
  let loaded = 0;
  for (let at = 0; at < filter.length / 8; at += 1) {
    const [code, yes, no, value] = [
      filter.readUInt16LE(at * 8),
      filter[at * 8 + 2] ?? 0,
      filter[at * 8 + 3] ?? 0,
      filter.readUInt32LE(at * 8 + 4),
    ];
    if (code === 0x06) return value;
    if (code === 0x20) loaded = data.getUint32(value, true);
    else at += (code === 0x15 ? loaded === value : code === 0x35 ? loaded >= value : (loaded & value) !== 0) ? yes : no;
  }
  throw new Error('the filter has no end');
}

const calls = {
  x64: {
    read: 0,
    write: 1,
    clone: 56,
    socket: 41,
    ioctl: 16,
    execve: 59,
    mmap: 9,
    refused: {
      ptrace: 101,
      mount: 165,
      unshare: 272,
      setns: 308,
      keyctl: 250,
      bpf: 321,
      kexec_load: 246,
      perf_event_open: 298,
      userfaultfd: 323,
      process_vm_readv: 310,
      open_by_handle_at: 304,
    },
  },
  arm64: {
    read: 63,
    write: 64,
    clone: 220,
    socket: 198,
    ioctl: 29,
    execve: 221,
    mmap: 222,
    refused: {
      ptrace: 117,
      mount: 40,
      unshare: 97,
      setns: 268,
      keyctl: 219,
      bpf: 280,
      kexec_load: 104,
      perf_event_open: 241,
      userfaultfd: 282,
      process_vm_readv: 270,
      open_by_handle_at: 265,
    },
  },
} as const;

describe.each(['x64', 'arm64'] as const)('the filter for %s', (name) => {
  const filter = seccompFilter(name) as Buffer;
  const verdict = (number: number, ...args: number[]): number => judge(filter, audit[name], number, args);
  const set = calls[name];

  it('[SANDBOX-5] lets programs work', () => {
    for (const number of [set.read, set.write, set.execve, set.mmap]) expect(verdict(number)).toBe(ALLOW);
    expect(verdict(set.clone, 0x003d0f00)).toBe(ALLOW);
    for (const family of [1, 2, 10]) expect(verdict(set.socket, family, 1, 0)).toBe(ALLOW);
    expect(verdict(set.socket, 16, 3, 0)).toBe(ALLOW);
    expect(verdict(set.ioctl, 0, 0x5401)).toBe(ALLOW);
  });

  it.each(Object.entries(set.refused))('[SANDBOX-5] refuses %s', (_, number) => {
    expect(verdict(number)).toBe(EPERM);
  });

  it('[SANDBOX-5] refuses namespaces, exotic sockets, terminal tricks and other architectures', () => {
    for (const flag of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000])
      expect(verdict(set.clone, flag | 17)).toBe(EPERM);
    for (const family of [17, 38, 40, 44]) expect(verdict(set.socket, family)).toBe(EPERM);
    expect(verdict(set.socket, 16, 3, 9)).toBe(EPERM);
    for (const request of [0x5412, 0x541c]) expect(verdict(set.ioctl, 0, request)).toBe(EPERM);
    expect(verdict(435)).toBe(ENOSYS);
    expect(judge(filter, 0x40000003, 0)).toBe(KILL);
  });
});

it('there is no filter for other architectures', () => expect(seccompFilter('riscv64')).toBeUndefined());

it.runIf(existsSync('/usr/bin/perl') && process.arch === 'x64')('[SANDBOX-5] is in force in the sandbox', async () => {
  const sandbox = await openSandbox({ stateFolder: tmpdir() });
  const tries = {
    ptrace: '101, 0, 0, 0, 0',
    unshare: '272, 0x10000000',
    bpf: '321, 0, 0, 0',
    alg: '41, 38, 5, 0',
    clone3: '435, 0, 0',
    x32: `${0x40000000 + 39}`,
  };
  const code = Object.entries(tries)
    .map(([name, args]) => `$! = 0; syscall(${args}); print "${name} ", $!+0, "\\n";`)
    .join(' ');
  const { stdout } = await sandbox.run({ command: ['/usr/bin/perl', '-e', code] });
  expect(stdout.trim().split('\n')).toEqual(['ptrace 1', 'unshare 1', 'bpf 1', 'alg 1', 'clone3 38', 'x32 1']);
});
