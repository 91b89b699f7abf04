import type { Endpoint } from '../client/index.ts';
import type { RunningServer } from '../runner/index.ts';
import type { Blueprint, Bundle, CheckedCode, Report } from '../spec/index.ts';

export interface StartOptions {
  readonly transport: 'stdio' | 'http';
  /** Absolute throwaway folder that is the server's workspace. */
  readonly workspace: string;
  readonly workspaceAccess: 'read' | 'write';
  /** Absolute throwaway folder for the host's sockets; the server does not see it. */
  readonly runFolder: string;
  /** Absolute throwaway folder that the server may write to, at the same path inside. */
  readonly controlFolder?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  onLog?(line: string): void;
}

/** A subject made ready: how to start it and where to look. What verification does from here on is the same for all. */
export interface Target {
  readonly name: string;
  readonly version?: string;
  readonly generated: boolean;
  readonly blueprint?: Blueprint;
  /** Starts it in the sandbox, without network. Absent for a server that runs elsewhere. */
  start?(options: StartOptions): Promise<RunningServer>;
  /** A server that runs elsewhere. */
  readonly endpoint?: Endpoint;
  readonly transports: readonly ('stdio' | 'http')[];
  sources(): Promise<ReadonlyMap<string, string>>;
  dependencies(): Promise<string | undefined>;
  diagnostics(): Promise<CheckedCode | undefined>;
  /** What was bundled. */
  bundle(): Promise<Bundle | undefined>;
  /** Paths that no answer may show. */
  readonly hiddenPaths: readonly string[];
  /** What it runs in here. */
  readonly sandbox?: Report['sandbox'];
  readonly caveats: readonly string[];
}
