import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { detectEncoding } from './encoding.ts';
import { once, decode, firstBytes } from './decode-text.ts';

/** A text that a tool was given: a file, or the text itself. */
export interface TextInput {
  /** File name, or `text`. */
  readonly name: string;
  readonly bytes: number;
  readonly encoding: string;
  /** The text in pieces, without a byte order mark. Can be read again. */
  pieces(): AsyncIterable<string>;
}

/**
 * Opens `path` or `text`. Throws ToolError when neither or both are given, when it is above the input limit,
 * and when the file is no text.
 */
export async function openText(
  args: { readonly path?: string; readonly text?: string; readonly encoding?: string },
  context: ToolContext & FolderContext,
): Promise<TextInput> {
  const { path, text } = args;
  if ((path === undefined) === (text === undefined)) {
    throw new ToolError('Exactly one of path and text is needed.', 'Give a file as path, or the content as text.');
  }
  if (text !== undefined) {
    const bytes = Buffer.byteLength(text);
    checkSize(bytes, context, 'text');
    const whole = text.startsWith('\u{feff}') ? text.slice(1) : text;
    return { name: 'text', bytes, encoding: 'utf-8', pieces: () => once(whole) };
  }
  const { file, bytes } = await openFile(path!, context);
  const wanted = args.encoding ?? 'auto';
  const encoding = wanted === 'auto' ? detectEncoding(await firstBytes(file), path!) : wanted;
  return { name: basename(file), bytes, encoding, pieces: () => decode(file, encoding, context.signal) };
}

/** Absolute path and size of a file within the input limit. */
export async function openFile(
  path: string,
  context: ToolContext & FolderContext,
): Promise<{ file: string; bytes: number }> {
  const file = await context.folders.toRead(path);
  const info = await stat(file);
  if (!info.isFile()) throw new ToolError(`“${path}” is a folder.`, 'Give the path of a file.');
  checkSize(info.size, context, `“${path}”`);
  return { file, bytes: info.size };
}

/** The whole of a text; for formats that cannot be read in pieces. */
export async function wholeText(input: TextInput): Promise<string> {
  let whole = '';
  for await (const piece of input.pieces()) whole += piece;
  return whole;
}

function checkSize(bytes: number, context: FolderContext, what: string): void {
  const limit = context.folders.maxInputBytes;
  if (bytes <= limit) return;
  throw new ToolError(
    `${what} has ${bytes} bytes, above the limit of ${limit} bytes (${megabytes(limit)}).`,
    'Split it into smaller files, or raise the server’s input limit.',
  );
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`;
}
