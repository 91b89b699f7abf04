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
import {
  AF_NETLINK,
  absent,
  architectures,
  namespaceFlags,
  refusedEverywhere,
  socketFamilies,
  terminalRequests,
} from './system-calls.ts';

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
    ...Object.values(absent).flatMap((number) => answerWhenEqual(number, ENOSYS)),
    ...Object.values({ ...calls.refused, ...refusedEverywhere }).flatMap((number) => answerWhenEqual(number, EPERM)),
    ...whenEqual(calls.clone, [load(argument(0)), [JUMP_ANY_BIT, 0, 1, namespaceFlags], answer(EPERM), answer(ALLOW)]),
    ...whenEqual(calls.ioctl, [
      load(argument(1)),
      ...terminalRequests.flatMap((request) => answerWhenEqual(request, EPERM)),
      answer(ALLOW),
    ]),
    ...whenEqual(calls.socket, [
      load(argument(0)),
      ...socketFamilies.flatMap((family) => answerWhenEqual(family, ALLOW)),
      ...whenEqual(AF_NETLINK, [load(argument(2)), ...answerWhenEqual(0, ALLOW), answer(EPERM)]),
      answer(EPERM),
    ]),
    answer(ALLOW),
  ]);
}
