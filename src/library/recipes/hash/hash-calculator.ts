import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { openFile } from '#shared/text-input.ts';

export interface CalculateHashInput {
  readonly path?: string;
  readonly text?: string;
  readonly algorithm?: string;
  readonly form?: 'hex' | 'base64';
  readonly expected?: string;
}

export interface CalculateHashOutput {
  name: string;
  bytes: number;
  algorithm: string;
  digest: string;
  matches: boolean | null;
}

/** Digest of a file, read as it comes, or of a text in UTF-8; compared with an expected one when given. */
export async function calculateHash(
  args: CalculateHashInput,
  context: ToolContext & FolderContext,
): Promise<CalculateHashOutput> {
  if ((args.path === undefined) === (args.text === undefined)) {
    throw new ToolError('Exactly one of path and text is needed.', 'Give a file as path, or a text as text.');
  }
  const algorithm = args.algorithm ?? 'sha256';
  const hash = createHash(algorithm);
  const source =
    args.text === undefined ? await hashFile(hash, args.path!, context) : hashText(hash, args.text, context);
  const digest = hash.digest();
  const form = args.form ?? 'hex';
  const matches = args.expected === undefined ? null : isSame(digest, args.expected);
  return { ...source, algorithm, digest: digest.toString(form), matches };
}

function hashText(hash: Hash, text: string, context: FolderContext): { name: string; bytes: number } {
  const bytes = Buffer.byteLength(text);
  const limit = context.folders.maxInputBytes;
  if (bytes > limit)
    throw new ToolError(`text has ${bytes} bytes, above the limit of ${limit} bytes.`, 'Save it as a file in parts.');
  hash.update(text, 'utf8');
  return { name: 'text', bytes };
}

async function hashFile(
  hash: Hash,
  path: string,
  context: ToolContext & FolderContext,
): Promise<{ name: string; bytes: number }> {
  const { file, bytes } = await openFile(path, context);
  let done = 0;
  let told = 0;
  for await (const piece of createReadStream(file, { signal: context.signal, highWaterMark: 1024 * 1024 })) {
    hash.update(piece as Uint8Array);
    done += (piece as Uint8Array).length;
    if (done - told < 16 * 1024 * 1024) continue;
    told = done;
    context.progress(done, bytes, `${Math.round(done / 1024 / 1024)} MB read`);
  }
  return { name: basename(file), bytes: done };
}

function isSame(digest: Buffer, expected: string): boolean {
  const wanted = expected.trim();
  return (
    wanted.toLowerCase() === digest.toString('hex') ||
    wanted.replace(/=+$/, '') === digest.toString('base64').replace(/=+$/, '')
  );
}
