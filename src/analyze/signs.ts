import type { Request } from '../spec/index.ts';
import type { MatchIndex } from './match/patterns.ts';
import { readParts } from './parts.ts';
import { gatherCandidates } from './weigh/candidates.ts';
import { eachTypeSign } from './weigh/type-signs.ts';

export interface RequestSigns {
  readonly tools: readonly { readonly tool: string; readonly views: readonly Readonly<Record<string, number>>[] }[];
  /** Signs of the kind of work. */
  readonly type: Readonly<Record<string, number>>;
}

/** What is weighed in a request, for fitting the weights: see bench/analysis/fit.ts. */
export function signsOf(index: MatchIndex, request: Request): RequestSigns {
  const ruled = readParts(index, request);
  const type: Record<string, number> = {};
  eachTypeSign(index, ruled, (sign, value) => {
    type[sign] = value;
  });
  const tools = gatherCandidates(index, ruled).map(({ target, signs, views }) => ({
    tool: index.targets[target]?.tool?.name ?? '',
    views: views.map((view) => Object.fromEntries([...signs, ...view])),
  }));
  return { tools, type };
}
