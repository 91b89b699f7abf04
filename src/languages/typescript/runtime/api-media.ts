import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ApiContext } from './api-context.ts';
import type { Reply } from './api-reply.ts';
import { replaceFile } from './folder-files.ts';
import type { Content } from './result.ts';

/** Larger images and sounds are saved instead of shown, in bytes. */
const maxShown = 3 * 1024 * 1024;

interface Media {
  readonly fields: Record<string, unknown>;
  readonly content: Content[];
}

/** Bytes as an image, a sound or an embedded resource; as a file of the workspace when they are too large for that. */
export async function mediaAnswer(
  reply: Reply,
  bytes: Buffer,
  { name, maxCharacters }: { readonly name: string; readonly maxCharacters: number },
  context: ApiContext,
): Promise<Media> {
  const type = reply.type || 'application/octet-stream';
  const fields = { type, bytes: bytes.length };
  const kind = /^(image|audio)\//.exec(type)?.[1] as 'image' | 'audio' | undefined;
  if (kind !== undefined && type !== 'image/svg+xml' && bytes.length <= maxShown)
    return { fields, content: [{ type: kind, data: bytes.toString('base64'), mimeType: type }] };
  if ((bytes.length * 4) / 3 <= maxCharacters) {
    const uri = `answer:///${encodeURIComponent(fileName(reply, name))}`;
    return {
      fields,
      content: [{ type: 'resource', resource: { uri, mimeType: type, blob: bytes.toString('base64') } }],
    };
  }
  if (context.folders === undefined)
    return {
      fields: { ...fields, how: 'Too large to be given, and this server has no folder to save it in.' },
      content: [],
    };
  const file = `downloads/${randomUUID().slice(0, 8)}-${fileName(reply, name)}`;
  await replaceFile(await context.folders.toWrite(file), bytes);
  return { fields: { ...fields, file }, content: [] };
}

/** The name the API gives the file, without any folder, else one made from the operation and the type. */
function fileName({ headers, type }: Reply, operation: string): string {
  const header = headers.get('content-disposition') ?? '';
  const encoded = /filename\*=(?:UTF-8|ISO-8859-1)?'[^']*'([^;]+)/i.exec(header)?.[1];
  const given = encoded === undefined ? /filename="?([^";]+)/i.exec(header)?.[1] : unescaped(encoded);
  const safe = basename((given ?? '').replaceAll('\\', '/'))
    .replace(/[^\w.() -]+/g, '_')
    .replace(/^\.+/, '')
    .slice(-100);
  return safe === '' ? `${operation}.${/\/(?:x-)?([a-z0-9]{1,10})$/.exec(type)?.[1] ?? 'bin'}` : safe;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
