import type { z } from 'zod';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
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
  /** Input fields that the command line alone may give: what they ask for are secrets. */
  readonly privateFields?: readonly string[];
  readonly cli?: CommandShape;
  run(crafter: Crafter, input: z.output<Input>, work: OperationWork): Promise<z.output<Output>>;
}

/** What a face other than the command line was given. @throws CrafterError FORBIDDEN for a field that is none of its own. */
export function refusePrivate({ privateFields = [] }: Pick<Operation, 'privateFields'>, input: unknown): void {
  const field = privateFields.find((name) => (input as Record<string, unknown> | null)?.[name]);
  if (field === undefined) return;
  throw new CrafterError(
    'FORBIDDEN',
    `\`${field}\` asks for a secret in the clear, which only the command line is told.`,
    {
      hint: 'Leave it away; a person can ask for it on the command line.',
    },
  );
}

export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}
