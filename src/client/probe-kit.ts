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
