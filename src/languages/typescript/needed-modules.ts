import type { Blueprint, ContextPart, GenerateInput } from '../../spec/index.ts';
import { type ToolFile } from './print/tool-file.ts';

const partModules: Readonly<Record<ContextPart, readonly string[]>> = {
  folders: ['folder-context.ts', 'folders.ts', 'workspace-files.ts'],
  fetch: ['fetch-context.ts', 'limited-fetch.ts'],
  secret: ['secret-context.ts'],
};

export function runtimeModules(
  { environment }: Blueprint,
  tools: readonly ToolFile[],
  parts: ReadonlySet<ContextPart>,
): string[] {
  const needed = [...parts].flatMap((part) => partModules[part]);
  const withEnvironment = environment.length > 0 || parts.has('secret');
  return [
    'start.ts',
    'mcp-server.ts',
    ...(tools.length > 0 ? ['tool.ts'] : []),
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
