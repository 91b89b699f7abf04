import { openAuthorize, type AuthorizeInput } from './api-authorize.ts';
import { callOperation, openCalls, type ApiCalls } from './api-call.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiFile, ApiOperation, ApiTool } from './api-file.ts';
import { inputCheck } from './api-input.ts';
import { readAnswer, type ReadAnswerInput } from './api-read-answer.ts';
import { schemaCheck } from './schema.ts';
import type { Tool } from './tool.ts';

export type { ApiContext } from './api-context.ts';

export interface ApiRuntimeOptions {
  /** Largest answer given at once, in characters; the rest is kept for `read_answer`. */
  readonly maxResultCharacters: number;
}

type Run = Tool<ApiContext>['run'];

/** The listed tools of an API. Nothing is compiled or indexed before it is needed. */
export function apiTools(api: ApiFile, { maxResultCharacters }: ApiRuntimeOptions): Tool<ApiContext>[] {
  const calls = openCalls(api, maxResultCharacters);
  return api.tools.map((tool) => apiTool(calls, tool));
}

function apiTool(calls: ApiCalls, tool: ApiTool): Tool<ApiContext> {
  const { implementation, ...listed } = tool;
  return {
    listed,
    checkInput: inputCheck(tool.inputSchema),
    // Answers are checked where a wrong one can still be given as unexpected.
    checkOutput: undefined,
    keepsArguments: true,
    run: runOf(calls, tool),
  };
}

function runOf(calls: ApiCalls, tool: ApiTool): Run {
  switch (tool.implementation.kind) {
    case 'http': {
      const check = tool.outputSchema && schemaCheck(tool.outputSchema);
      return (args, context) =>
        callOperation(calls, tool as ApiOperation, args as Record<string, unknown>, check, context);
    }
    case 'answer':
      return (args) => readAnswer(calls.kept, args as ReadAnswerInput, calls.maxCharacters);
    case 'authorize': {
      const authorize = openAuthorize(calls.api, calls.credentials);
      return (args, context) => authorize(args as AuthorizeInput, context);
    }
    case 'catalogue':
      throw new Error('not made yet');
  }
}
