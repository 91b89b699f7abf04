import type { Blueprint } from '../blueprint.ts';
import type { CheckResult, Finding, Level, Report } from '../report.ts';
import type { Bundle, CheckedCode } from './language.ts';
import type { ServerTool, TrialServer, TrialPurpose } from './trial.ts';

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
  diagnostics(): Promise<CheckedCode | undefined>;
  /** The bundle, with its size in bytes; rejects when it cannot be built; undefined when nothing is bundled. */
  bundle(): Promise<Pick<Bundle, 'bytes' | 'foundAgain'> | undefined>;
  /** What the raw probes of the protocol saw, with start and stop. */
  protocol(): Promise<readonly ProtocolLook[]>;
  /** What the official conformance suite saw; absent unless it was asked for. */
  officialSuite?(): Promise<readonly ProtocolLook[]>;
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
  /** Longest it may take; 60 unless said. Told as its failure when it passes. */
  readonly seconds?: number;
  applies(context: CheckContext): boolean;
  run(context: CheckContext): Promise<CheckOutcome>;
}

export function defineCheck(check: Check): Check {
  return check;
}
