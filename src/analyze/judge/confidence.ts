import type { RecipeMatch, Request } from '../../spec/index.ts';

/** Mean of how sure the task type is, how well the tools were found, and how much of the request they cover. */
export function confidenceOf(
  request: Request,
  type: number,
  matches: readonly RecipeMatch[],
  open: number,
  vague: boolean,
): { confidence: number; because: string } {
  if (vague) return { confidence: 0.1, because: 'the request names nothing that a tool could do' };
  const declared = request.declared.taskType !== undefined;
  const given = request.tools.length;
  const parts = matches.length + given;
  const kind = declared ? 1 : type;
  const found =
    matches.length === 0 ? (given > 0 ? 1 : 0.3) : matches.reduce((sum, { score }) => sum + score, 0) / matches.length;
  const covered = parts === 0 ? 0.3 : parts / (parts + open);
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  return {
    confidence: Math.round(((kind + found + covered) / 3) * 100) / 100,
    because: `task type ${declared ? 'declared' : percent(kind)}, tools ${given > 0 ? 'given' : percent(found)}, covered ${percent(covered)}`,
  };
}
