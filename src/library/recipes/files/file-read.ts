import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { shownPath } from '#shared/file-writer.ts';
import { splitLines } from '#shared/lines.ts';

export interface FileReaderInput {
  path: string;
  start_line?: number;
  lines?: number;
  max_characters?: number;
}

export interface FileReaderOutput {
  file: string;
  bytes: number;
  text: string;
  start_line: number;
  end_line: number;
  next_line?: number;
}

/** Reads a range of lines of a text file; a large file is read only as far as needed. */
export async function readLines(
  args: FileReaderInput,
  context: ToolContext & FolderContext,
): Promise<FileReaderOutput> {
  const first = args.start_line ?? 1;
  const count = args.lines ?? 200;
  const most = args.max_characters ?? 20_000;
  const path = await context.folders.toRead(args.path);
  const info = await stat(path);
  if (!info.isFile()) throw new ToolError(`“${args.path}” is no file.`, 'Give a file; file_searcher finds some.');
  const kept: string[] = [];
  let number = 0;
  let room = most;
  let next: number | undefined;
  for await (const line of splitLines(createReadStream(path, { encoding: 'utf8', signal: context.signal }))) {
    number += 1;
    if (line.includes('\0')) throw new ToolError(`“${args.path}” is no text file.`, 'Only text can be read.');
    if (number < first) continue;
    if (kept.length === count || (room < line.length && kept.length > 0)) {
      next = number;
      break;
    }
    kept.push(room < line.length ? `${line.slice(0, room)}… [line cut]` : line);
    room = Math.max(0, room - line.length - 1);
  }
  if (kept.length === 0 && first > 1)
    throw new ToolError(`The file has only ${number} lines.`, `Give a start_line of at most ${Math.max(1, number)}.`);
  return {
    file: await shownPath(context, path),
    bytes: info.size,
    text: kept.join('\n'),
    start_line: first,
    end_line: first + Math.max(0, kept.length - 1),
    ...(next === undefined ? {} : { next_line: next }),
  };
}
