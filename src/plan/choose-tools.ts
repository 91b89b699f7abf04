import type { Analysis, Recipe, Request } from '../spec/index.ts';
import { needsDataset, roleOf } from './roles.ts';
import { fromMatches, fromRecipe, pendingTool } from './tools.ts';
import type { PlannedTool } from './tools.ts';

/** The reader that brings data in when the request names no format: most data that people have at hand is CSV. */
const usualReader = { recipe: 'csv', tool: 'csv_processor' };

export function chooseTools(recipes: readonly Recipe[], request: Request, analysis: Analysis): PlannedTool[] {
  const own: PlannedTool[] = request.tools.map((tool) => ({ tool, recipe: undefined, source: undefined }));
  const tools = [...own, ...fromMatches(recipes, analysis)];
  const reader = readerFor(recipes, tools, analysis);
  if (reader !== undefined) tools.unshift(reader);
  if (request.tools.length > 0) return tools;
  const taken = new Set(tools.map(({ tool }) => tool.name));
  for (const need of analysis.uncovered) {
    const pending = pendingTool(need, taken);
    taken.add(pending.tool.name);
    tools.push(pending);
  }
  return tools;
}

/** Tools that work on data sets are of no use before something has made one. */
function readerFor(
  recipes: readonly Recipe[],
  tools: readonly PlannedTool[],
  analysis: Analysis,
): PlannedTool | undefined {
  const waiting = tools.some(({ tool, source }) => source !== undefined && needsDataset(tool.input));
  if (!waiting || tools.some((tool) => roleOf(tool) === 'source')) return undefined;
  const recipe = recipes.find((candidate) => candidate.name === usualReader.recipe);
  const source = recipe?.tools.find((candidate) => candidate.name === usualReader.tool);
  return recipe === undefined || source === undefined
    ? undefined
    : fromRecipe(recipe, source, { evidence: 'no format is named; CSV is the usual one', limits: analysis.limits });
}
