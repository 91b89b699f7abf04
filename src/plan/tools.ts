import type { Analysis, Json, Limits, Recipe, RecipeMatch, RecipeTool, Tool } from '../spec/index.ts';
import { sentenceCase, snakeCase, words } from '../util/index.ts';
import { toolNameOf } from './names.ts';

/** A tool of the plan with the recipe it comes from, when it does. */
export interface PlannedTool {
  readonly tool: Tool;
  readonly recipe: Recipe | undefined;
  readonly source: RecipeTool | undefined;
}

/** A recipe's tool as this server has it: the subject filled in, options set from the request. */
export function fromRecipe(
  recipe: Recipe,
  source: RecipeTool,
  facts: { subject?: string | undefined; evidence: string; limits: Limits },
): PlannedTool {
  const subject = facts.subject === undefined ? undefined : snakeCase(facts.subject);
  const label =
    subject === undefined ? 'API' : subject.length <= 3 ? subject.toUpperCase() : subject.replaceAll('_', ' ');
  const fill = (text: string): string => text.replaceAll('{subject}', label);
  const name =
    subject === undefined ? (source.fallbackName ?? source.name) : source.name.replaceAll('{subject}', subject);
  const options: Record<string, Json> =
    source.configure?.({
      ...(subject === undefined ? {} : { subject }),
      evidence: facts.evidence,
      limits: facts.limits,
    }) ?? {};
  const tool: Tool = {
    name,
    title: sentenceCase(fill(source.title)),
    description: fill(source.description),
    input: source.input,
    output: source.output,
    annotations: source.annotations,
    implementation: { kind: 'recipe', recipe: recipe.name, tool: source.name, options },
    examples: [...source.examples],
  };
  return { tool, recipe, source };
}

/** A tool that nobody has written yet. */
export function pendingTool(need: string, taken: ReadonlySet<string>): PlannedTool {
  const name = toolNameOf(need, taken);
  const tool: Tool = {
    name,
    title: sentenceCase(words(name).join(' ')),
    description: need,
    input: { type: 'object', properties: {}, additionalProperties: false },
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    implementation: { kind: 'pending', need },
    examples: [],
  };
  return { tool, recipe: undefined, source: undefined };
}

/** Recipe tools that the analysis found, best evidence for each. */
export function fromMatches(recipes: readonly Recipe[], analysis: Analysis): PlannedTool[] {
  return analysis.matches.flatMap((match: RecipeMatch) => {
    const recipe = recipes.find((candidate) => candidate.name === match.recipe);
    const source = recipe?.tools.find((candidate) => candidate.name === match.tool);
    return recipe === undefined || source === undefined
      ? []
      : [fromRecipe(recipe, source, { subject: match.subject, evidence: match.evidence, limits: analysis.limits })];
  });
}
