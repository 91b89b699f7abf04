import { ToolError } from '#runtime/errors.ts';

/** Encoding of a text file from its first bytes: byte order mark, zero bytes of UTF-16, valid UTF-8, else Windows-1252. */
export function detectEncoding(sample: Uint8Array, path: string): string {
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (startsWith(sample, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(sample, [0xfe, 0xff])) return 'utf-16be';
  const zeros = countZeros(sample);
  const pairs = sample.length / 2;
  if (zeros.odd > pairs * 0.3 && zeros.even < pairs * 0.05) return 'utf-16le';
  if (zeros.even > pairs * 0.3 && zeros.odd < pairs * 0.05) return 'utf-16be';
  if (zeros.even + zeros.odd > 0) {
    throw new ToolError(
      `“${path}” is not a text file.`,
      'Give a text file; spreadsheets have to be exported as text first.',
    );
  }
  return isUtf8(sample) ? 'utf-8' : 'windows-1252';
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1;
  }
  return zeros;
}

function isUtf8(sample: Uint8Array): boolean {
  try {
    // The sample may end inside of a character: `stream` allows that.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
