import { openAuthorize, type AuthorizeInput } from './api-authorize.ts';
import { callOperation, openCalls, type ApiCalls } from './api-call.ts';
import type { Catalogue, CatalogueInput } from './api-catalogue.ts';
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
  let opened: Promise<Catalogue> | undefined;
  const catalogue = () => (opened ??= import('./api-catalogue.ts').then(({ openCatalogue }) => openCatalogue(calls)));
  return api.tools.map((tool) => apiTool(calls, tool, catalogue));
}

function apiTool(calls: ApiCalls, tool: ApiTool, catalogue: () => Promise<Catalogue>): Tool<ApiContext> {
  const { implementation: _, ...listed } = tool;
  return {
    listed,
    checkInput: inputCheck(tool.inputSchema),
    // Answers are checked where a wrong one can still be given as unexpected.
    checkOutput: undefined,
    keepsArguments: true,
    run: runOf(calls, tool, catalogue),
  };
}

function runOf(calls: ApiCalls, tool: ApiTool, catalogue: () => Promise<Catalogue>): Run {
  switch (tool.implementation.kind) {
    case 'http': {
      const options = tool.outputSchema && { check: schemaCheck(tool.outputSchema) };
      return (args, context) =>
        callOperation(calls, tool as ApiOperation, args as Record<string, unknown>, { context, ...options });
    }
    case 'answer':
      return (args) => readAnswer(calls.kept, args as ReadAnswerInput, calls.maxCharacters);
    case 'authorize': {
      const authorize = openAuthorize(calls.api, calls.credentials);
      return (args, context) => authorize(args as AuthorizeInput, context);
    }
    case 'catalogue': {
      const { part } = tool.implementation;
      return async (args, context) => (await catalogue())(part, args as CatalogueInput, context);
    }
  }
}
