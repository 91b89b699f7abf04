import type { PartEncoding, Positions, Schema } from './api-file.ts';
import { bytesOf } from './api-bytes.ts';
import { plainText } from './api-encode.ts';
import { newBoundary, singleType, type Multipart } from './api-multipart.ts';
import { xmlDocument, type Resolve } from './api-xml.ts';
import type { FolderContext } from './context.ts';

interface Around {
  /** Media type of the whole. */
  readonly type: string;
  /** Name of the argument, for errors. */
  readonly argument: string;
  readonly context: Partial<FolderContext>;
  readonly schema: Schema | undefined;
  readonly resolve: Resolve;
}

/** A list as a multipart body without names: each item a part, in their order (OpenAPI 3.2, Encoding By Position). */
export async function multipartList(
  values: readonly unknown[],
  { prefix, items }: Positions,
  { type, ...around }: Around,
): Promise<Multipart> {
  const boundary = newBoundary();
  const schemas = around.resolve(around.schema);
  const first = Array.isArray(schemas['prefixItems']) ? (schemas['prefixItems'] as Schema[]) : [];
  const chunks: (Buffer | string)[] = [];
  for (const [index, value] of values.entries()) {
    const encoding = prefix[index] ?? items;
    const schema = first[index] ?? (schemas['items'] as Schema | undefined);
    const part = await partOf(value, encoding, { ...around, type, schema });
    chunks.push(head(part.type, encoding, boundary), part.bytes, '\r\n');
  }
  const bare = type.replace(/\s*;\s*boundary=(?:"[^"]*"|[^;]*)/i, '');
  return {
    type: `${bare}; boundary=${boundary}`,
    bytes: Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk as string))),
  };
}

/** Without a type of its own a part is of the one that its value's kind has (OpenAPI 3.2, Encoding Object). */
async function partOf(value: unknown, encoding: PartEncoding, around: Around): Promise<Multipart> {
  const { argument, context, schema, resolve } = around;
  const type = singleType(encoding.contentType);
  if (encoding.parts !== undefined && Array.isArray(value))
    return multipartList(value, encoding.parts, { ...around, type: type ?? 'multipart/mixed' });
  if (encoding.binary) {
    const { bytes } = await bytesOf(value, argument, context);
    return { type: type ?? 'application/octet-stream', bytes };
  }
  const isMade = typeof value === 'object' && value !== null;
  const text =
    type !== undefined && /json/i.test(type)
      ? JSON.stringify(value)
      : isMade && type !== undefined && /xml/i.test(type)
        ? xmlDocument(value, schema, 'item', resolve)
        : plainText(value);
  return { type: type ?? (isMade ? 'application/json' : 'text/plain'), bytes: Buffer.from(text) };
}

function head(type: string, { headers = {} }: PartEncoding, boundary: string): string {
  const lines = [['Content-Type', type] as const, ...Object.entries(headers)].map(
    ([name, value]) => `${name}: ${value}`.replace(/[\r\n]/g, '') + '\r\n',
  );
  return `--${boundary}\r\n${lines.join('')}\r\n`;
}
