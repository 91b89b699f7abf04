import type { ToolContext } from './context.ts';
import { schemaCheck, type Check, type ObjectSchema } from './schema.ts';

/** What a tool does to the world, for clients that ask before they call. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** A tool as it is written. */
export interface ToolDefinition<Input, Context> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: ObjectSchema;
  readonly annotations: ToolAnnotations;
  /** Arguments are checked and have their defaults. What it throws is the call's error. */
  readonly run: (args: Input, context: Context) => unknown;
}

/** A tool as the server holds it. */
export interface Tool<Context = ToolContext> {
  readonly listed: Omit<ToolDefinition<never, Context>, 'run'>;
  readonly checkInput: Check;
  /** Absent also where the tool sees to it itself. */
  readonly checkOutput: Check | undefined;
  /** Arguments go to the tool as given: defaults are another system's to fill in. */
  readonly keepsArguments?: boolean;
  readonly run: (args: unknown, context: Context) => unknown;
}

export function defineTool<Input, Context>(definition: ToolDefinition<Input, Context>): Tool<Context> {
  const { run, ...listed } = definition;
  return {
    listed,
    checkInput: schemaCheck(definition.inputSchema),
    checkOutput: definition.outputSchema && schemaCheck(definition.outputSchema),
    run: run as Tool<Context>['run'],
  };
}

/** A handler with its third argument fixed. */
export function withOptions<Input, Context, Options, Output>(
  handler: (args: Input, context: Context, options: Options) => Output,
  options: Options,
): (args: Input, context: Context) => Output {
  return (args, context) => handler(args, context, options);
}
