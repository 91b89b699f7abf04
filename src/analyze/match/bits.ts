/** A set of targets, 32 to a number and 96 at most: most words share none, and are passed over by one look. */
export type Bits = readonly [number, number, number];

export const nothing: Bits = [0, 0, 0];

export function bitsOf(targets: readonly number[]): Bits {
  const bits: [number, number, number] = [0, 0, 0];
  for (const target of targets) bits[(target >> 5) as 0 | 1 | 2] |= 1 << (target & 31);
  return bits;
}

export const shared = (one: Bits, other: Bits): boolean =>
  ((one[0] & other[0]) | (one[1] & other[1]) | (one[2] & other[2])) !== 0;

export const has = (bits: Bits, target: number): boolean =>
  ((bits[(target >> 5) as 0 | 1 | 2] >>> (target & 31)) & 1) !== 0;

/** How many are in all three. */
export const countShared = (one: Bits, other: Bits, third: Bits): number =>
  ones(one[0] & other[0] & third[0]) + ones(one[1] & other[1] & third[1]) + ones(one[2] & other[2] & third[2]);

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
