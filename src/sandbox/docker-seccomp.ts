import {
  AF_NETLINK,
  absent,
  architectures,
  namespaceFlags,
  refusedEverywhere,
  socketFamilies,
  terminalRequests,
} from './system-calls.ts';

const EPERM = 1;
const ENOSYS = 38;
const LOW_WORD = 0xffffffff;

interface Condition {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_NE' | 'SCMP_CMP_GT' | 'SCMP_CMP_MASKED_EQ';
}

/**
 * The filter of seccomp.ts in Docker's words, from the same tables; undefined on an architecture without one.
 * Its comparisons are of 64 bits, where the kernel looks at the lower 32 of a request or flag: those are masked.
 */
export function dockerSeccomp(architecture: NodeJS.Architecture = process.arch): string | undefined {
  const calls = architectures[architecture];
  if (calls === undefined) return undefined;
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: [calls.docker],
    syscalls: [
      refuse(Object.keys(absent), [], ENOSYS),
      refuse(Object.keys({ ...calls.refused, ...refusedEverywhere })),
      ...bitsOf(namespaceFlags).map((bit) => refuse(['clone'], [masked(0, bit, bit)])),
      ...terminalRequests.map((request) => refuse(['ioctl'], [masked(1, LOW_WORD, request)])),
      ...refusedFamilies().map((conditions) => refuse(['socket'], conditions)),
    ],
  });
}

const refuse = (names: readonly string[], args: readonly Condition[] = [], errnoRet = EPERM): object => ({
  names,
  action: 'SCMP_ACT_ERRNO',
  errnoRet,
  args,
});

const masked = (index: number, value: number, valueTwo: number): Condition => ({
  index,
  value,
  valueTwo,
  op: 'SCMP_CMP_MASKED_EQ',
});

const bitsOf = (flags: number): number[] =>
  Array.from({ length: 32 }, (_, bit) => 2 ** bit).filter((bit) => (flags & bit) !== 0);

/** One argument is compared once in a rule, so that "none of these" has to be said as all others. */
function refusedFamilies(): Condition[][] {
  const others = Array.from({ length: AF_NETLINK }, (_, family) => family).filter(
    (family) => !socketFamilies.includes(family),
  );
  return [
    ...others.map((value): Condition[] => [{ index: 0, value, op: 'SCMP_CMP_EQ' }]),
    [{ index: 0, value: AF_NETLINK, op: 'SCMP_CMP_GT' }],
    [
      { index: 0, value: AF_NETLINK, op: 'SCMP_CMP_EQ' },
      { index: 2, value: 0, op: 'SCMP_CMP_NE' },
    ],
  ];
}
