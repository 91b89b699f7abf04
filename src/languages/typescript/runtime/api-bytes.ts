import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FolderContext } from './context.ts';
import { ToolError } from './errors.ts';

export interface Bytes {
  readonly bytes: Buffer;
  /** Of a value that named a file. */
  readonly filename?: string;
}

/**
 * The bytes of a binary value: base64 (also as a data URL), `file:PATH` in the allowed folders, or `text:…`.
 * @throws ToolError for anything else, and for a file that may not be read or is too large.
 */
export async function bytesOf(value: unknown, argument: string, context: Partial<FolderContext>): Promise<Bytes> {
  if (typeof value !== 'string') throw notBinary(argument);
  if (value.startsWith('text:')) return { bytes: Buffer.from(value.slice(5)) };
  if (value.startsWith('file:')) return fileBytes(value.slice(5).replace(/^\/\/(?=\/)/, ''), context);
  const base64 = value.replace(/^data:[^,]{0,200};base64,/, '').replace(/\s+/g, '');
  if (!/^[\w+/-]*={0,2}$/.test(base64) || base64.replace(/=+$/, '').length % 4 === 1) throw notBinary(argument);
  return { bytes: Buffer.from(base64, 'base64') };
}

async function fileBytes(path: string, { folders }: Partial<FolderContext>): Promise<Bytes> {
  if (folders === undefined)
    throw new ToolError('This server has no folders to take a file from.', 'Send the content as base64 or `text:…`.');
  const real = await folders.toRead(path);
  const file = await open(real);
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new ToolError(`${JSON.stringify(path)} is no regular file.`, 'Give the path of a file.');
    if (info.size > folders.maxInputBytes) {
      throw new ToolError(
        `${JSON.stringify(path)} has ${info.size} bytes, over the limit of ${folders.maxInputBytes}.`,
        'Send a smaller file.',
      );
    }
    return { bytes: await file.readFile(), filename: basename(path) };
  } finally {
    await file.close();
  }
}

function notBinary(argument: string): ToolError {
  return new ToolError(
    `${argument} holds bytes, but the value is no base64.`,
    'Give base64, `file:PATH` of a file in an allowed folder, or `text:` and the text.',
  );
}
