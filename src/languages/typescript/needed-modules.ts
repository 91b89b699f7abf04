import type { Blueprint, ContextPart, GenerateInput } from '../../spec/index.ts';
import { apiKinds, isApiTool } from './print/api-file.ts';
import { handlesFiles, isEjected } from './print/ejected.ts';
import { type ToolFile } from './print/tool-file.ts';

const partModules: Readonly<Record<ContextPart, readonly string[]>> = {
  folders: ['folder-context.ts', 'folders.ts', 'workspace-files.ts'],
  fetch: ['fetch-context.ts', 'limited-fetch.ts'],
  secret: ['secret-context.ts'],
};

export function runtimeModules(
  blueprint: Blueprint,
  tools: readonly ToolFile[],
  parts: ReadonlySet<ContextPart>,
  callsApi = false,
): string[] {
  const needed = [...parts].flatMap((part) => partModules[part]);
  const withEnvironment = blueprint.environment.length > 0 || parts.has('secret');
  return [
    'start.ts',
    'mcp-server.ts',
    ...(tools.length > 0 ? ['tool.ts'] : []),
    ...(callsApi
      ? ['api-file.ts', 'api-tools.ts', 'server-settings.ts', ...apiKinds(blueprint.tools).map(({ module }) => module)]
      : []),
    ...(blueprint.tools.some(isEjected) ? ['api-request.ts'] : []),
    ...(withEnvironment ? ['environment.ts'] : []),
    ...needed,
  ];
}

export function recipeModules({ blueprint, recipes }: GenerateInput): { recipe: string; file: string }[] {
  return blueprint.tools.flatMap(({ implementation }) => {
    if (implementation.kind !== 'recipe') return [];
    const source = recipes.get(implementation.recipe)?.tools.find(({ name }) => name === implementation.tool);
    return source ? [{ recipe: implementation.recipe, file: source.handler.module }] : [];
  });
}

/** What tools of an API use: the network, credentials, and folders where files are handled or a sign-in is kept. */
export function apiParts({ tools, catalogue = [] }: Blueprint): ContextPart[] {
  const operations = [...tools.filter((tool) => isApiTool(tool) || isEjected(tool)), ...catalogue];
  if (operations.length === 0) return [];
  const signsIn = tools.some(({ implementation }) => implementation.kind === 'authorize');
  return signsIn || operations.some(handlesFiles) ? ['fetch', 'secret', 'folders'] : ['fetch', 'secret'];
}
