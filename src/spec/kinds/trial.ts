import type { Json, JsonSchema } from '../json.ts';

/** A tool as a server lists it; what stands in it is data and may be anything. */
export interface ServerTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly inputSchema: JsonSchema;
  readonly outputSchema?: JsonSchema;
  readonly annotations?: { readonly [hint: string]: Json };
}

/** How a call ended: every way is a value. `closed` means that the server went away. */
export interface ServerAnswer {
  readonly outcome: 'ok' | 'tool_error' | 'protocol_error' | 'timeout' | 'closed';
  /** Every text of the answer, or the error's words. */
  readonly text: string;
  readonly structured?: Json;
  /** What the server printed on standard output since the call before that is no message, its first line. */
  readonly printed?: string;
  readonly milliseconds: number;
}

/** How outgoing requests are answered during a trial; nothing reaches a network. */
export type MockMode = 'answer' | 'unavailable';

/** What a stand-in for the network answers with. */
export interface TrialReply {
  readonly status: number;
  /** Content-Type; absent when there is no body. */
  readonly type?: string;
  readonly body: string;
}

/** A reply to the requests of one method whose whole path, without the query, fits a regular expression. */
export interface TrialAnswer extends TrialReply {
  readonly method: string;
  readonly path: string;
}

/** An outgoing request as it was made; names of headers in lower case. */
export interface TrialRequest {
  /** Index of the answer that it was given, where several were set. */
  readonly answer?: number;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/**
 * A server started for trial in the sandbox: a throwaway workspace, made-up secrets, no network.
 * Calls on one trial run one after the other unless `together` is used.
 */
export interface TrialServer {
  readonly tools: readonly ServerTool[];
  /** Absolute path of its workspace. */
  readonly workspace: string;
  call(
    name: string,
    args: { readonly [key: string]: Json },
    options?: { readonly timeoutMs?: number },
  ): Promise<ServerAnswer>;
  /** Lays files into the workspace: relative path to text. Paths that leave it are not laid. */
  lay(files: Readonly<Record<string, string>>): Promise<void>;
  /** Digest of every file of the workspace by relative path. */
  snapshot(): Promise<ReadonlyMap<string, string>>;
  alive(): boolean;
  /** Heap in use after garbage collection, in bytes; undefined when the server cannot tell. */
  heap(): Promise<number | undefined>;
  /** Memory of its processes, in bytes. */
  memory(): Promise<number>;
  /** Sets how outgoing requests are answered; false when the server's requests cannot be intercepted. */
  mock(mode: MockMode): Promise<boolean>;
  /** Outgoing requests so far, `METHOD host`. */
  requests(): Promise<readonly string[]>;
  /**
   * Sets what outgoing requests are answered with: all alike, or each with the first that is for it, and 204 where none
   * is; false when they cannot be intercepted. They are then kept whole.
   */
  answer(reply: TrialReply | readonly TrialAnswer[]): Promise<boolean>;
  /** Outgoing requests since this was last asked. */
  sent(): Promise<readonly TrialRequest[]>;
}

/**
 * Trials by purpose; each is started when first asked for, and again when it died.
 * `example`: calls as intended. `again`: the same once more. `rough`: wrong and fuzzed input. `read_only`: the workspace cannot be written.
 * `steady`: one call many times. `limit`: the request's limits. `flow`: tools one after the other, for the request's purpose.
 * `api`: every operation of an API, against a stand-in for it.
 */
export type TrialPurpose = 'example' | 'again' | 'rough' | 'read_only' | 'steady' | 'limit' | 'flow' | 'api';
