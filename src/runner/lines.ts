import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

const MAX_LINE = 16_000;

/**
 * Hands over each line of a stream, cut at 16 000 characters; a line without end takes no more memory than that.
 * Resolves when the stream has ended.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const flush = (): void => {
    if (rest !== '') onLine(rest);
    rest = '';
  };
  stream.on('data', (chunk: Buffer) => {
    const lines = decoder.write(chunk).split('\n');
    lines.forEach((text, index) => {
      rest += text.slice(0, MAX_LINE - rest.length);
      if (index < lines.length - 1) flush();
    });
  });
  return new Promise((resolve) => {
    stream.on('error', () => {});
    stream.on('close', () => {
      flush();
      resolve();
    });
  });
}
