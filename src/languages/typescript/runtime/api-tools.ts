import { callOperation, type ApiCalls } from './api-call.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiOperation, ApiTool } from './api-file.ts';
import { unsetCredentials } from './api-unset.ts';
import { log } from './logging.ts';
import { schemaCheck } from './schema.ts';
import type { Tool } from './tool.ts';

export type { ApiContext } from './api-context.ts';

type Run = Tool<ApiContext>['run'];

/** How tools of one kind are run; made once a server. */
export type RunKind = (calls: ApiCalls) => (tool: ApiTool) => Run;

/** The kinds of tools that a server lists beside operations. */
type Kinds = Partial<Record<Exclude<ApiTool['implementation']['kind'], 'http'>, RunKind>>;

/** The listed tools of an API. Nothing is compiled or indexed before it is needed; missing credentials are logged. */
export function apiTools(calls: ApiCalls, kinds: Kinds = {}): Tool<ApiContext>[] {
  const unset = unsetCredentials(calls.api);
  if (unset.length > 0) log.warn(`credentials that some operations need are not set: ${unset.join('; ')}`);
  const opened = new Map([
    ['http', operationRun(calls)],
    ...Object.entries(kinds).map(([kind, open]) => [kind, open(calls)] as const),
  ]);
  return calls.api.tools.map((tool) => {
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
