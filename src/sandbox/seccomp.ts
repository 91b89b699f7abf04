import { endianness } from 'node:os';
import {
  JUMP_EQUAL,
  JUMP_GREATER_OR_EQUAL,
  JUMP_ANY_BIT,
  ALLOW,
  KILL_PROCESS,
  EPERM,
  ENOSYS,
  NUMBER,
  ARCHITECTURE,
  argument,
  load,
  answer,
  answerWhenEqual,
  encode,
  whenEqual,
} from './bpf.ts';
import type { Instruction } from './bpf.ts';

/**
 * A seccomp filter as classic BPF, see linux/seccomp.h and linux/filter.h: what reaches the host's kernel beyond
 * what programs need is refused with EPERM, so that libraries fall back; everything else is allowed.
 */
interface Architecture {
  /** AUDIT_ARCH_* of linux/audit.h. */
  readonly audit: number;
  readonly socket: number;
  readonly ioctl: number;
  readonly clone: number;
  /** Numbers of the refused calls. */
  readonly refused: readonly number[];
}

/** Refused on both architectures under their own numbers (asm/unistd_64.h, asm-generic/unistd.h). */
const architectures: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    socket: 41,
    ioctl: 16,
    clone: 56,
    // ptrace syslog uselib personality vhangup modify_ldt pivot_root adjtimex chroot acct settimeofday mount umount2
    // swapon swapoff reboot sethostname setdomainname iopl ioperm create_module init_module delete_module quotactl
    // nfsservctl lookup_dcookie clock_settime kexec_load add_key request_key keyctl unshare move_pages
    // perf_event_open fanotify_init name_to_handle_at open_by_handle_at clock_adjtime setns process_vm_readv
    // process_vm_writev kcmp finit_module kexec_file_load bpf userfaultfd
    refused: [
      101, 103, 134, 135, 153, 154, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176,
      179, 180, 212, 227, 246, 248, 249, 250, 272, 279, 298, 300, 303, 304, 305, 308, 310, 311, 312, 313, 320, 321, 323,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    socket: 198,
    ioctl: 29,
    clone: 220,
    // The same, as far as they exist: lookup_dcookie umount2 mount pivot_root nfsservctl chroot vhangup quotactl acct
    // personality unshare kexec_load init_module delete_module clock_settime syslog ptrace reboot sethostname
    // setdomainname settimeofday adjtimex add_key request_key keyctl swapon swapoff move_pages perf_event_open
    // fanotify_init name_to_handle_at open_by_handle_at clock_adjtime setns process_vm_readv process_vm_writev kcmp
    // finit_module bpf userfaultfd kexec_file_load
    refused: [
      18, 39, 40, 41, 42, 51, 58, 60, 89, 92, 97, 104, 105, 106, 112, 116, 117, 142, 161, 162, 170, 171, 217, 218, 219,
      224, 225, 239, 241, 262, 264, 265, 266, 268, 270, 271, 272, 273, 280, 282, 294,
    ],
  },
};

/** Same number everywhere: open_tree move_mount fsopen fsconfig fsmount fspick pidfd_getfd process_madvise mount_setattr quotactl_fd statmount listmount open_tree_attr. */
const refusedEverywhere = [428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 457, 458, 467];
/** io_uring_setup, io_uring_enter, io_uring_register, clone3: answered ENOSYS, so that libraries use the older calls. */
const absent = [425, 426, 427, 435];

const NAMESPACE_FLAGS = 0x7e020000;
const TTY_REQUESTS = [0x5412, 0x541c];
/** AF_UNIX, AF_INET, AF_INET6; netlink only for routes, which listing network interfaces needs. */
const SOCKET_FAMILIES = [1, 2, 10];
const AF_NETLINK = 16;
const X32_BIT = 0x40000000;

/** Bytes of the filter for `bwrap --seccomp`; undefined on an architecture without one. */
export function seccompFilter(architecture: NodeJS.Architecture = process.arch): Buffer | undefined {
  const calls = architectures[architecture];
  if (calls === undefined || endianness() !== 'LE') return undefined;
  return encode([
    load(ARCHITECTURE),
    [JUMP_EQUAL, 1, 0, calls.audit],
    answer(KILL_PROCESS),
    load(NUMBER),
    ...(architecture === 'x64' ? ([[JUMP_GREATER_OR_EQUAL, 0, 1, X32_BIT], answer(EPERM)] as Instruction[]) : []),
    ...absent.flatMap((number) => answerWhenEqual(number, ENOSYS)),
    ...[...calls.refused, ...refusedEverywhere].flatMap((number) => answerWhenEqual(number, EPERM)),
    ...whenEqual(calls.clone, [load(argument(0)), [JUMP_ANY_BIT, 0, 1, NAMESPACE_FLAGS], answer(EPERM), answer(ALLOW)]),
    ...whenEqual(calls.ioctl, [
      load(argument(1)),
      ...TTY_REQUESTS.flatMap((request) => answerWhenEqual(request, EPERM)),
      answer(ALLOW),
    ]),
    ...whenEqual(calls.socket, [
      load(argument(0)),
      ...SOCKET_FAMILIES.flatMap((family) => answerWhenEqual(family, ALLOW)),
      ...whenEqual(AF_NETLINK, [load(argument(2)), ...answerWhenEqual(0, ALLOW), answer(EPERM)]),
      answer(EPERM),
    ]),
    answer(ALLOW),
  ]);
}
