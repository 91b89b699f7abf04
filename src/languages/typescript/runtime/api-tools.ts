import { callOperation, openCalls, type ApiCalls } from './api-call.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiFile, ApiOperation, ApiTool } from './api-file.ts';
import { schemaCheck } from './schema.ts';
import type { Tool } from './tool.ts';

export type { ApiContext } from './api-context.ts';

type Run = Tool<ApiContext>['run'];

/** How tools of one kind are run; made once a server. */
export type RunKind = (calls: ApiCalls) => (tool: ApiTool) => Run;

export interface ApiRuntimeOptions {
  /** Largest answer given at once, in characters; the rest is kept for `read_answer`. */
  readonly maxResultCharacters: number;
  /** The kinds of tools that this server lists beside operations. */
  readonly kinds?: Partial<Record<Exclude<ApiTool['implementation']['kind'], 'http'>, RunKind>>;
}

/** The listed tools of an API. Nothing is compiled or indexed before it is needed. */
export function apiTools(api: ApiFile, { maxResultCharacters, kinds = {} }: ApiRuntimeOptions): Tool<ApiContext>[] {
  const calls = openCalls(api, maxResultCharacters);
  const opened = new Map([
    ['http', operationRun(calls)],
    ...Object.entries(kinds).map(([kind, open]) => [kind, open(calls)] as const),
  ]);
  return api.tools.map((tool) => {
    const { implementation, ...listed } = tool;
    const run = opened.get(implementation.kind);
    if (run === undefined) throw new TypeError(`${tool.name}: nothing runs tools of kind ${implementation.kind}`);
    return {
      listed,
      checkInput: calls.inputCheck(tool.inputSchema),
      // Answers are checked where a wrong one can still be given as unexpected.
      checkOutput: undefined,
      keepsArguments: true,
      run: run(tool),
    };
  });
}

const operationRun: RunKind = (calls) => (tool) => {
  const options = tool.outputSchema && { check: schemaCheck(tool.outputSchema) };
  return (args, context) =>
    callOperation(calls, tool as ApiOperation, args as Record<string, unknown>, { context, ...options });
};
