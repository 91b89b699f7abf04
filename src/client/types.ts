import type { Readable, Writable } from 'node:stream';
import type { Json, ServerTool } from '../spec/index.ts';

export const eras = ['2025-11-25', '2026-07-28'] as const;
export type Era = (typeof eras)[number];

/** Where a server answers. */
export type Endpoint =
  | { readonly kind: 'stdio'; readonly stdin: Writable; readonly stdout: Readable }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly socketPath?: string;
      readonly token?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** The protocol's tool result, as the server gave it. */
export interface CallResult {
  readonly content: readonly { readonly type: string; readonly text?: string; readonly [key: string]: unknown }[];
  readonly structuredContent?: { readonly [key: string]: Json };
  readonly isError?: boolean;
}

export interface McpConnection {
  readonly era: Era | string;
  readonly serverInfo: { readonly name: string; readonly version: string };
  readonly capabilities: { readonly [name: string]: unknown };
  /** Every page. */
  listTools(): Promise<readonly ServerTool[]>;
  /** @throws CrafterError SERVER_CALL_FAILED for protocol errors, TIMEOUT after `timeoutMs` (default 60 000). */
  callTool(
    name: string,
    args: { readonly [key: string]: Json },
    options?: {
      readonly signal?: AbortSignal;
      readonly timeoutMs?: number;
      onProgress?(done: number, total?: number, message?: string): void;
    },
  ): Promise<CallResult>;
  /** Reads a resource's text, for results that link to one. */
  readResource(uri: string): Promise<string>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `auto` negotiates the newest both sides speak. */
  readonly era?: Era | 'auto';
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /** Told of each line on a stdio server's output that is no message of the protocol, its beginning. */
  onNoise?(line: string): void;
}
