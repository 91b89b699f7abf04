import type { Blueprint } from '../blueprint.ts';
import type { Json, JsonSchema } from '../json.ts';
import type { Diagnostic } from '../project.ts';
import type { CheckResult, Finding, Level, Report } from '../report.ts';

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
  readonly milliseconds: number;
}

/** How outgoing requests are answered during a trial; nothing reaches a network. */
export type MockMode = 'answer' | 'unavailable';

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
}

/**
 * Trials by purpose; each is started when first asked for, and again when it died.
 * `example`: calls as intended. `rough`: wrong and fuzzed input. `read_only`: the workspace cannot be written.
 * `steady`: one call many times. `limit`: the request's limits. `flow`: tools one after the other, for the request's purpose.
 */
export type TrialPurpose = 'example' | 'rough' | 'read_only' | 'steady' | 'limit' | 'flow';

/** A connection to look at the protocol itself; made by verification, seen by checks as results. */
export interface ProtocolLook {
  readonly case: string;
  readonly passed: boolean;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy?: string;
}

/** What a check may look at. Everything that starts something is asked for lazily and shared between checks. */
export interface CheckContext {
  /** Whether mcp-crafter made it: house style is then an error, for others a warning. */
  readonly generated: boolean;
  readonly blueprint?: Blueprint;
  readonly signal: AbortSignal;
  /** Tools as listed; rejects when the server cannot be started or listed. */
  tools(): Promise<readonly ServerTool[]>;
  /** Words beside the tools that a client shows a model: server instructions, prompts, resources. */
  words(): Promise<readonly { readonly where: string; readonly text: string }[]>;
  /** The server's own source files, relative path to text; empty when there are none to read. */
  sources(): Promise<ReadonlyMap<string, string>>;
  /** Folder where its dependencies are installed, when known. */
  dependencies(): Promise<string | undefined>;
  /** Types and lint, as the language says; undefined when there is nothing to check. */
  diagnostics(): Promise<readonly Diagnostic[] | undefined>;
  /** Size of the bundle in bytes; rejects when it cannot be built; undefined when nothing is bundled. */
  bundle(): Promise<number | undefined>;
  /** What the raw probes of the protocol saw, with start and stop. */
  protocol(): Promise<readonly ProtocolLook[]>;
  /** Whether calling tools is safe: false for a server that runs elsewhere. */
  readonly callable: boolean;
  /** Runs `work` on the trial for this purpose, one at a time. */
  trial<T>(purpose: TrialPurpose, work: (server: TrialServer) => Promise<T>): Promise<T>;
  /** What an answer must not show, by reason: host paths, secrets, stack traces. */
  leaks(text: string): readonly string[];
}

/** One case of a check; what is left out is taken from the check. */
export interface CheckCase extends Pick<CheckResult, 'status' | 'message'> {
  readonly case?: string;
  readonly severity?: 'error' | 'warning';
  readonly tool?: string;
  readonly remedy?: string;
}

export interface CheckOutcome {
  readonly cases?: readonly CheckCase[];
  readonly findings?: readonly Finding[];
  readonly figures?: Partial<Report['figures']>;
}

/** One thing verification looks at. `run` reports what it saw as values; what it throws is reported as its failure. */
export interface Check {
  /** snake_case; also its folder. */
  readonly name: string;
  readonly level: Level | 'security';
  readonly summary: string;
  applies(context: CheckContext): boolean;
  run(context: CheckContext): Promise<CheckOutcome>;
}

export function defineCheck(check: Check): Check {
  return check;
}
