import type { ProtocolLook } from '../spec/index.ts';
import { cut } from '../util/index.ts';
import type { Reply } from './channel.ts';

export interface EraProbe {
  /** One look a point of the protocol, each named by its method or rule. */
  readonly looks: readonly ProtocolLook[];
  /** Tools as they stand in the listing, unchecked; empty when there was none. */
  readonly tools: readonly unknown[];
  /** Size of the listing in bytes. */
  readonly listingBytes: number;
  readonly serverInfo?: unknown;
  readonly capabilities?: unknown;
  readonly instructions?: unknown;
}

/** What a probe of one era works with: every send is bounded, and what is seen is noted as a value. */
export interface Probe {
  readonly http: boolean;
  readonly looks: ProtocolLook[];
  /** Sends and hands back the reply, or the reason in words why there is none. */
  send(message: object, headers?: Readonly<Record<string, string>>): Promise<Reply | string>;
  look(name: string, passed: boolean, message: string, remedy?: string): boolean;
}

/** What a reply says, for a message to a person. */
export function describeReply(reply: Reply | string): string {
  if (typeof reply === 'string') return cut(reply, 200);
  const { status, message } = reply;
  const error = message?.error;
  const body =
    error !== undefined
      ? `error ${String(error.code)}: ${cut(String(error.message), 160)}`
      : message?.result !== undefined
        ? 'a result'
        : 'no JSON-RPC answer';
  return status === undefined ? body : `HTTP ${status}, ${body}`;
}

export const resultOf = (reply: Reply | string): Record<string, unknown> | undefined => {
  const result = typeof reply === 'string' ? undefined : reply.message?.result;
  return typeof result === 'object' && result !== null ? result : undefined;
};

export const errorCode = (reply: Reply | string): unknown =>
  typeof reply === 'string' ? undefined : reply.message?.error?.code;

const MAX_PAGES = 50;

/** Walks the pages of tools/list. */
export async function listAll(
  probe: Probe,
  request: (cursor: string | undefined) => { message: object; headers?: Record<string, string> },
): Promise<{ tools: unknown[]; listingBytes: number }> {
  const tools: unknown[] = [];
  let listingBytes = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { message, headers } = request(cursor);
    const reply = await probe.send(message, headers);
    const result = resultOf(reply);
    const listed = result?.['tools'];
    if (!Array.isArray(listed)) {
      probe.look(
        'tools/list',
        false,
        `tools/list was answered with ${describeReply(reply)}.`,
        'Answer with a list of tools, even an empty one.',
      );
      return { tools, listingBytes };
    }
    tools.push(...listed);
    listingBytes += Buffer.byteLength(JSON.stringify(listed));
    const next = result?.['nextCursor'];
    if (typeof next !== 'string') {
      probe.look('tools/list', true, `tools/list names ${tools.length} tools.`);
      return { tools, listingBytes };
    }
    cursor = next;
  }
  probe.look(
    'tools/list',
    false,
    `tools/list did not end after ${MAX_PAGES} pages.`,
    'Leave nextCursor out of the last page.',
  );
  return { tools, listingBytes };
}
