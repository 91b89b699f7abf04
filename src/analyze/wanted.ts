import type { Analysis, RecipeMatch, RecipeTool, Request } from '../spec/index.ts';
import { snakeCase } from '../util/index.ts';
import type { Wanted } from './judge/risks.ts';
import type { MatchIndex } from './match/patterns.ts';
import type { Part } from './parts.ts';

export function matchesOf(index: MatchIndex, parts: readonly Part[]): RecipeMatch[] {
  const best = new Map<number, RecipeMatch>();
  const subject = parts.flatMap((part) => part.tools.flatMap((tool) => tool.subject ?? [])).at(0);
  for (const { tools, requirement } of parts) {
    for (const { target, score, words } of tools) {
      const { recipe, tool } = index.targets[target] ?? {};
      const before = best.get(target);
      if (recipe === undefined || tool === undefined || (before !== undefined && before.score >= score)) continue;
      const named = index.clients.has(target) && subject !== undefined ? { subject } : {};
      const found = { recipe: recipe.name, tool: tool.name, score, evidence: words };
      best.set(target, { ...found, ...named, requirement: before?.requirement ?? requirement });
    }
  }
  return [...best.values()];
}

/** Each expected output with the wanted tool that its own words point to most. */
export function outputsOf(
  index: MatchIndex,
  request: Request,
  parts: readonly Part[],
  matches: readonly RecipeMatch[],
): Analysis['outputs'] {
  const wanted = new Set(matches.map(({ tool }) => tool));
  return request.expectedOutputs.map((description) => {
    const evidence = parts.find((part) => part.text === description)?.found.evidence ?? [];
    const tool = evidence
      .toSorted((a, b) => b.score - a.score)
      .map(({ target }) => index.targets[target]?.tool?.name ?? '')
      .find((name) => wanted.has(name));
    return tool === undefined ? { description } : { description, tool };
  });
}

export function toolsOf(index: MatchIndex, parts: readonly Part[]): RecipeTool[] {
  const targets = new Set(parts.flatMap((part) => part.tools.map(({ target }) => target)));
  return [...targets].flatMap((target) => index.targets[target]?.tool ?? []);
}

/** Name of a matched tool as the server will have it. */
export const shownName = ({ tool, subject }: RecipeMatch): string =>
  tool.startsWith('{subject}_') ? tool.replace('{subject}', subject === undefined ? 'http' : snakeCase(subject)) : tool;

export function wantedOf(request: Request, tools: readonly RecipeTool[], matches: readonly RecipeMatch[]): Wanted[] {
  const found = tools.map(({ name, annotations, uses }) => {
    const match = matches.find(({ tool }) => tool === name);
    return { called: match === undefined ? name : `${shownName(match)} (“${match.evidence}”)`, annotations, uses };
  });
  return [...found, ...request.tools.map(({ name, annotations }) => ({ called: name, annotations, uses: [] }))];
}
