import type { Analysis } from '../../spec/index.ts';
import type { Matched } from './accept.ts';
import type { MatchIndex } from './patterns.ts';

/** The likeliest five tools that no part surely wants. */
export function suggestionsOf(index: MatchIndex, parts: readonly Matched[]): Analysis['suggestions'] {
  const taken = new Set(parts.flatMap(({ tools }) => tools.map(({ target }) => target)));
  const best = new Map<number, Analysis['suggestions'][number]>();
  for (const { target, score, words } of parts.flatMap(({ likely }) => likely)) {
    const { recipe, tool } = index.targets[target] ?? {};
    if (recipe === undefined || tool === undefined || taken.has(target) || (best.get(target)?.score ?? 0) >= score)
      continue;
    best.set(target, { recipe: recipe.name, tool: tool.fallbackName ?? tool.name, score, evidence: words });
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, 5);
}
