/**
 * The one error class of mcp-crafter and the one table of its codes.
 * A code is permanent once released. Exit codes: 1 failed, 2 bad input, 3 not found,
 * 4 conflict, 5 verification failed, 6 the machine lacks something, 7 not supported, 130 cancelled.
 */
interface ErrorKind {
  /** HTTP status for the API face. */
  readonly status: number;
  /** Process exit code for the command line. */
  readonly exit: number;
}

export const errorKinds = {
  INVALID_INPUT: { status: 400, exit: 2 },
  INPUT_TOO_LARGE: { status: 413, exit: 2 },
  UNKNOWN_KIND: { status: 400, exit: 2 },
  NEEDS_ANSWERS: { status: 422, exit: 2 },
  NOT_SUPPORTED: { status: 501, exit: 7 },
  NOT_FOUND: { status: 404, exit: 3 },
  NAME_TAKEN: { status: 409, exit: 4 },
  CONFLICT: { status: 409, exit: 4 },
  PORT_TAKEN: { status: 409, exit: 4 },
  PENDING_TOOLS: { status: 422, exit: 5 },
  BUILD_FAILED: { status: 422, exit: 5 },
  VERIFICATION_FAILED: { status: 422, exit: 5 },
  DEPENDENCY_UNAVAILABLE: { status: 422, exit: 5 },
  DEPENDENCY_REFUSED: { status: 422, exit: 5 },
  SERVER_UNHEALTHY: { status: 502, exit: 1 },
  SERVER_CALL_FAILED: { status: 502, exit: 1 },
  GRANT_REFUSED: { status: 403, exit: 2 },
  UNAUTHENTICATED: { status: 401, exit: 2 },
  FORBIDDEN: { status: 403, exit: 2 },
  RATE_LIMITED: { status: 429, exit: 1 },
  SANDBOX_UNAVAILABLE: { status: 503, exit: 6 },
  DATABASE_UNAVAILABLE: { status: 503, exit: 6 },
  SERVICE_UNAVAILABLE: { status: 503, exit: 6 },
  MISSING_PREREQUISITE: { status: 503, exit: 6 },
  DISK_FULL: { status: 507, exit: 6 },
  TIMEOUT: { status: 504, exit: 1 },
  CANCELLED: { status: 499, exit: 130 },
  INTERNAL: { status: 500, exit: 1 },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;

/** One thing wrong with an input: where it stands, what was given, what to do. */
export interface Problem {
  /** Dotted path of the field, for example `custom_tools[0].name`. */
  readonly field: string;
  /** The offending value, cut to a readable length; absent when it is missing or secret. */
  readonly value?: string;
  readonly message: string;
  /** What the user can do about it. */
  readonly remedy: string;
}

export interface ErrorDetails {
  /** What to do about it, as one sentence. */
  readonly hint: string;
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

/** Characters of a message or hint: what they quote may have come from outside and have no bounds. */
const longest = 4000;

const short = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}…`);

/** What happened (message), what to do (hint), and what exactly was wrong (problems). */
export class CrafterError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails) {
    super(short(message), { cause: details.cause });
    this.name = 'CrafterError';
    this.code = code;
    this.hint = short(details.hint);
    this.problems = details.problems ?? [];
  }

  get status(): number {
    return errorKinds[this.code].status;
  }

  get exit(): number {
    return errorKinds[this.code].exit;
  }

  /** The shape every face shows: no stack, no cause. */
  toJSON(): { code: ErrorCode; message: string; hint: string; problems: readonly Problem[] } {
    return { code: this.code, message: this.message, hint: this.hint, problems: this.problems };
  }
}

interface Want {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

const diskFull: Want = {
  code: 'DISK_FULL',
  what: 'There is no room left on the disk',
  hint: 'Make room there (servers that are not needed: `mcp-crafter delete NAME`), then do it again. What was accepted before is kept.',
};
const readOnly: Want = {
  code: 'MISSING_PREREQUISITE',
  what: 'A place cannot be written to',
  hint: 'Give mcp-crafter a folder that its user may write to (MCP_CRAFTER_HOME), then do it again.',
};
const tooManyFiles: Want = {
  code: 'MISSING_PREREQUISITE',
  what: 'No more files may be opened',
  hint: 'Allow more (`ulimit -n 4096` before the service starts), or stop servers that are not needed.',
};

/** What a machine lacks, by what the system (errno(3)) or PostgreSQL (its appendix A) calls it. */
const wants: Readonly<Record<string, Want>> = {
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  '53100': diskFull,
  EROFS: readOnly,
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
};

/** Turns anything thrown into a CrafterError; what is not ours becomes INTERNAL with its message. */
export function toCrafterError(thrown: unknown): CrafterError {
  if (thrown instanceof CrafterError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const want = wants[(thrown as NodeJS.ErrnoException | undefined)?.code ?? ''];
  if (want !== undefined)
    return new CrafterError(want.code, `${want.what}: ${message}.`, { hint: want.hint, cause: thrown });
  return new CrafterError('INTERNAL', message, {
    hint: 'This is a fault in mcp-crafter. Run `mcp-crafter doctor` and report what it prints.',
    cause: thrown,
  });
}
