import { createReadStream } from 'node:fs';
import { ToolError } from '#runtime/errors.ts';

const maxLineCharacters = 8 * 1024 * 1024;

/** Lines of a text that comes in pieces, without their ends; a last line without an end counts. */
export async function* splitLines(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + piece;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
      start = end + 1;
    }
    rest = text.slice(start);
    if (rest.length > maxLineCharacters) {
      throw new ToolError(
        `A line is longer than ${maxLineCharacters / 1024 / 1024} MB.`,
        'Check that the file has one record a line, or split it.',
      );
    }
  }
  if (rest !== '') yield rest.endsWith('\r') ? rest.slice(0, -1) : rest;
}

/** Lines of a UTF-8 file, read as they are needed. */
export function fileLines(path: string, signal: AbortSignal): AsyncGenerator<string> {
  return splitLines(createReadStream(path, { encoding: 'utf8', signal, highWaterMark: 256 * 1024 }));
}
