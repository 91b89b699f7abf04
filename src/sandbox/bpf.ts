const LOAD = 0x20;
export const JUMP_EQUAL = 0x15;
export const JUMP_GREATER_OR_EQUAL = 0x35;
export const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;
export const ALLOW = 0x7fff0000;
export const KILL_PROCESS = 0x80000000;
export const EPERM = 0x00050001;
export const ENOSYS = 0x00050026;

/** Offsets in struct seccomp_data; both architectures are little-endian. */
export const NUMBER = 0;
export const ARCHITECTURE = 4;
export const argument = (index: number): number => 16 + 8 * index;

export type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

export const load = (offset: number): Instruction => [LOAD, 0, 0, offset];
export const answer = (value: number): Instruction => [RETURN, 0, 0, value];
/** Answers when the loaded word equals `value`, else goes on. */
export const answerWhenEqual = (value: number, result: number): Instruction[] => [
  [JUMP_EQUAL, 0, 1, value],
  answer(result),
];
/** Runs `body`, which must answer on every way, when the loaded word equals `value`. */
export const whenEqual = (value: number, body: Instruction[]): Instruction[] => [
  [JUMP_EQUAL, 0, body.length, value],
  ...body,
];

/** struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; } */
export function encode(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, whenTrue, whenFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(whenTrue, index * 8 + 2);
    bytes.writeUInt8(whenFalse, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}
