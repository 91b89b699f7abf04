import { randomBytes } from 'node:crypto';
import { bytesOf } from './api-bytes.ts';
import { itemsOf, membersOf, plainText } from './api-encode.ts';
import type { FieldEncoding } from './api-file.ts';
import { fieldPairs } from './api-form.ts';
import type { FolderContext } from './context.ts';

interface Part {
  readonly name: string;
  readonly content: Buffer | string;
  readonly type?: string;
  readonly filename?: string;
}

export interface Multipart {
  readonly type: string;
  readonly bytes: Buffer;
}

export const newBoundary = (): string => `part-${randomBytes(18).toString('base64url')}`;

/** An object as multipart/form-data (RFC 7578), or another multipart type with the same parts. */
export async function multipart(
  value: Readonly<Record<string, unknown>>,
  encodings: Readonly<Record<string, FieldEncoding>>,
  type: string,
  context: Partial<FolderContext>,
): Promise<Multipart> {
  const parts: Part[] = [];
  for (const [name, field] of membersOf(value))
    parts.push(...(await partsOf(name, field, encodings[name] ?? {}, context)));
  const boundary = newBoundary();
  const chunks = parts.flatMap((part) => [head(part, boundary), part.content, '\r\n']);
  return {
    type: `${type.split(';')[0]!.trim()}; boundary=${boundary}`,
    bytes: Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk as string))),
  };
}

async function partsOf(
  name: string,
  value: unknown,
  encoding: FieldEncoding,
  context: Partial<FolderContext>,
): Promise<Part[]> {
  if (encoding.binary) {
    const files = Array.isArray(value) ? itemsOf(value) : [value];
    return Promise.all(files.map((file) => filePart(name, file, encoding, context)));
  }
  const type = singleType(encoding.contentType);
  const styled = encoding.style !== undefined || encoding.explode !== undefined;
  if (styled)
    return fieldPairs(name, value, encoding, (text) => text).map(([key, content]) => ({ name: key, content }));
  if (type !== undefined && /json/i.test(type)) return [{ name, content: JSON.stringify(value), type }];
  return (Array.isArray(value) ? itemsOf(value) : [value]).map((item) => ({
    name,
    content: plainText(item),
    ...(type !== undefined ? { type } : typeof item === 'object' && { type: 'application/json' }),
  }));
}

async function filePart(
  name: string,
  value: unknown,
  { contentType }: FieldEncoding,
  context: Partial<FolderContext>,
): Promise<Part> {
  const { bytes, filename = name } = await bytesOf(value, name, context);
  return { name, content: bytes, type: singleType(contentType) ?? 'application/octet-stream', filename };
}

/** An encoding may name several types or a range; a part has exactly one. */
export function singleType(types: string | undefined): string | undefined {
  return types
    ?.split(',')
    .map((type) => type.trim())
    .find((type) => type !== '' && !type.includes('*'));
}

function head({ name, filename, type }: Part, boundary: string): string {
  const file = filename === undefined ? '' : `; filename="${quoted(filename)}"`;
  const content = type === undefined ? '' : `\r\nContent-Type: ${type.replace(/[\r\n]/g, '')}`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}${content}\r\n\r\n`;
}

/** As browsers write names (HTML, multipart/form-data encoding algorithm). */
function quoted(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
