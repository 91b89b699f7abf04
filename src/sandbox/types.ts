import type { Readable, Writable } from 'node:stream';

export interface Mount {
  /** Absolute host path. */
  readonly source: string;
  /** Absolute path inside the sandbox. */
  readonly target: string;
  readonly access: 'read' | 'write';
  /**
   * Made by mcp-crafter, so its owner and mode may be changed to let the sandbox's user in (as root only).
   * Paths below the state folder are taken as such; `false` marks a user's folder, which must not lie there.
   */
  readonly owned?: boolean;
}

export interface SandboxLimits {
  /** Wall clock; the whole process tree is killed when it passes. Absent for servers that stay. */
  readonly seconds?: number;
  readonly cpuSeconds?: number;
  /** Data segment of each process and, where control groups can be had, all memory of the tree (default 4 GB), in bytes. */
  readonly memoryBytes?: number;
  /** Processes and threads together; default 512. */
  readonly processes?: number;
  /** Largest single file written, in bytes. */
  readonly fileBytes?: number;
  /** Processors whose whole time the tree may take, where control groups can be had; default all. */
  readonly processors?: number;
  /** How far it stands back when others want the processor, 1 to 19; default 0, for `run` 10. */
  readonly niceness?: number;
  /** Most output kept of stdout and of stderr each, for `run`; default 1 MB. */
  readonly outputBytes?: number;
}

export interface SandboxOptions {
  /** Program and arguments as seen inside. The pinned Node is always at /node/bin/node. */
  readonly command: readonly string[];
  readonly mounts?: readonly Mount[];
  /** The whole environment beside PATH, HOME, TMPDIR and LANG; nothing is inherited. Never shown on a command line. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default `/app` when mounted, else `/tmp`. */
  readonly cwd?: string;
  /** Unix socket of an egress proxy on the host. Inside, HTTP_PROXY and HTTPS_PROXY lead to it. Absent: no network at all. */
  readonly egressSocket?: string;
  readonly limits?: SandboxLimits;
  readonly signal?: AbortSignal;
  /** `inherit`: the program reads and writes this process's own stdin and stdout, without a copy between. */
  readonly stdio?: 'pipe' | 'inherit';
}

export interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /**
   * Set when a limit ended it: wall clock, memory of the whole tree (where control groups can be had), a signal nobody here
   * sent (cpu, memory of one process), or the caller's abort.
   */
  readonly endedBy?: 'time' | 'memory' | 'signal' | 'abort';
}

export interface SandboxedProcess {
  /** Pid on the host of the outermost process. */
  readonly pid: number;
  /** With `stdio: 'inherit'` stdin and stdout are closed, empty streams. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ExitInfo>;
  /** SIGTERM to the program inside, then SIGKILL to the tree after `graceMs` (default 3000). */
  stop(graceMs?: number): Promise<ExitInfo>;
  /** Proportional memory of the whole tree (PSS, else RSS), in bytes. */
  memory(): Promise<number>;
}

export interface RunResult extends ExitInfo {
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly milliseconds: number;
}

export type SandboxKind = 'bubblewrap' | 'docker';

export interface Sandbox {
  /** `none` only when the user allowed running unprotected by name. */
  readonly kind: SandboxKind | 'none';
  /** @throws CrafterError GRANT_REFUSED when a mount cannot be read or written, CANCELLED, INVALID_INPUT. */
  spawn(options: SandboxOptions): Promise<SandboxedProcess>;
  run(options: SandboxOptions & { readonly input?: string }): Promise<RunResult>;
}

export interface SandboxConfig {
  /** Absolute; what lies below it is mcp-crafter's own. */
  readonly stateFolder: string;
  /** Run without protection where no sandbox can be had. Only on the user's word. */
  readonly unsafe?: boolean;
}
