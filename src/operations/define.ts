import type { z } from 'zod';
import type { Crafter } from '../crafter.ts';
import type { ProgressEvent } from '../spec/index.ts';

/** What stands at the one point where authorization, approval, rate limits and audit sit. */
export type Effect = 'read' | 'write' | 'dangerous';

export interface OperationWork {
  readonly signal: AbortSignal;
  progress(event: ProgressEvent): void;
  /** A line of a log that is being followed; absent where nobody can show it. */
  log?(line: string): void;
}

/** How the command line shows an operation; flags come from the input schema's field names. */
export interface CommandShape {
  readonly command: string;
  /** Input fields given by position, in order; a trailing `?` makes one optional, `...` takes all that follow. */
  readonly positionals?: readonly string[];
}

/** One thing mcp-crafter can do. Every face (command line, HTTP, MCP) is derived from the table of these. */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** snake_case; also the MCP tool's name and the HTTP route. */
  readonly name: string;
  readonly title: string;
  /** What it does, returns and does not do; shown to people and to agents. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  readonly effect: Effect;
  readonly idempotent: boolean;
  /** Offered as an MCP tool. */
  readonly mcp: boolean;
  /** Answered at the service's own socket only. */
  readonly isPrivate?: boolean;
  readonly cli?: CommandShape;
  run(crafter: Crafter, input: z.output<Input>, work: OperationWork): Promise<z.output<Output>>;
}

export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}
