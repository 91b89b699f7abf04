import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { detectEncoding } from './encoding.ts';

/** A text that a tool was given: a file, or the text itself. */
export interface TextInput {
  /** File name, or `text`. */
  readonly name: string;
  readonly bytes: number;
  readonly encoding: string;
  /** The text in pieces, without a byte order mark. Can be read again. */
  pieces(): AsyncIterable<string>;
}

const sampleBytes = 256 * 1024;

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

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function* decode(file: string, encoding: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(file, { signal, highWaterMark: 256 * 1024 })) {
    const text = decoder.decode(bytes as Uint8Array, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
