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
import { architectures, refusedEverywhere, absent } from './system-calls.ts';

const NAMESPACE_FLAGS = 0x7e020000;
const TTY_REQUESTS = [0x5412, 0x541c];
/** AF_UNIX, AF_INET, AF_INET6; netlink only for routes, which listing network interfaces needs. */
const SOCKET_FAMILIES = [1, 2, 10];
const AF_NETLINK = 16;
const X32_BIT = 0x40000000;

/**
 * Bytes of the filter for `bwrap --seccomp`; undefined on an architecture without one.
 * A seccomp filter as classic BPF, see linux/seccomp.h and linux/filter.h: what reaches the host's kernel beyond
 * what programs need is refused with EPERM, so that libraries fall back; everything else is allowed.
 */
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
