import { readSequence, sequenceOf } from './api-sequence.ts';
import { ToolError } from './errors.ts';

/** An API's answer as read. One of `data`, `text` and `bytes` holds what it said, none when it said nothing. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Media type without parameters, lower-case; empty when the answer names none. */
  readonly type: string;
  readonly data?: unknown;
  readonly text?: string;
  readonly bytes?: Buffer;
}

/** A larger answer is not read to its end. */
const maxBytes = 32 * 1024 * 1024;

/** Deepest nesting of JSON that is given as data. */
const maxLevels = 500;

/** Reads an answer by its media type; JSON also where it is labelled as something else. @throws ToolError over 32 MB, and when it breaks off. */
export async function readReply(response: Response): Promise<Reply> {
  const { status, headers } = response;
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').split(';').map((part) => part.trim());
  const reply = { status, headers, type: type.toLowerCase() };
  const sequence = sequenceOf(reply.type);
  const bytes = await readBytes(response, sequence === 'events' ? eventPatience : undefined).catch((error: Error) => {
    if (error instanceof ToolError || error.name === 'AbortError' || error.name === 'TimeoutError') throw error;
    throw new ToolError('The answer broke off, or is not encoded as it says.', 'Try again later.');
  });
  if (bytes.length === 0) return reply;
  if (sequence === undefined && !isText(reply.type, bytes)) return { ...reply, bytes };
  const text = decoded(bytes, parameters);
  const items = sequence === undefined ? undefined : readSequence(sequence, text);
  const data = items === undefined || isDeeperThan(maxLevels, items) ? parsed(text, reply.type) : items;
  return data === undefined ? { ...reply, text } : { ...reply, data };
}

/** Milliseconds of events that are read: they may never end. */
const eventPatience = 10_000;

async function readBytes(response: Response, patience?: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of within(response.body, patience)) {
    size += chunk.length;
    if (size > maxBytes)
      throw new ToolError(
        'The answer is larger than 32 MB and was not read to its end.',
        'Ask for less: a filter, or smaller pages.',
      );
    chunks.push(chunk);
  }
  return chunks.length === 1 ? Buffer.from(chunks[0]!.buffer, chunks[0]!.byteOffset, size) : Buffer.concat(chunks);
}

/** What comes of a body until its end, or until the time is over. */
async function* within(body: Response['body'], patience: number | undefined): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  const timer = patience === undefined ? undefined : setTimeout(() => void reader.cancel().catch(() => {}), patience);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    clearTimeout(timer);
    void reader.cancel().catch(() => {});
  }
}

const textTypes =
  /^text\/|[/+](?:json|xml|yaml|x-yaml|csv|html|javascript|ecmascript|graphql|x-www-form-urlencoded|x-ndjson|jsonl|json-seq|sql|toml)$|\bjson\b/;

/** An answer without a media type, or with the one for just anything, is text where it holds no zero byte. */
function isText(type: string, bytes: Buffer): boolean {
  if (type === '' || type === 'application/octet-stream') return !bytes.subarray(0, 8192).includes(0) && isUtf8(bytes);
  return textTypes.test(type);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    // A character that was cut at the end of the sample is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, 8192), { stream: true });
    return true;
  } catch {
    return false;
  }
}

function decoded(bytes: Buffer, parameters: readonly string[]): string {
  const charset = parameters.map((part) => /^charset="?([^"]+)"?$/i.exec(part)?.[1]).find((name) => name !== undefined);
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    // A charset that nobody knows.
    return new TextDecoder().decode(bytes);
  }
}

/** JSON by its label, or because it cannot be anything else. */
function parsed(text: string, type: string): unknown {
  const labelled = /\bjson\b/.test(type) && !/ndjson|json-seq/.test(type);
  if (!labelled && !/^\s*[[{]/.test(text)) return undefined;
  try {
    const data = JSON.parse(text) as unknown;
    // What nobody could write again is given as the text that it is.
    return isDeeperThan(maxLevels, data) ? undefined : data;
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, data: unknown): boolean {
  let level: unknown[] = [data];
  for (let depth = 0; depth < levels; depth += 1) {
    const next: unknown[] = [];
    for (const value of level)
      if (typeof value === 'object' && value !== null)
        for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) next.push(child);
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}
