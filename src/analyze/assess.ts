import type { Complexity, RecipeTool, TaskType } from '../spec/index.ts';
import { complexityOf, pointsOf } from './judge/effort.ts';
import { chooseTools, threshold } from './match/accept.ts';
import type { MatchIndex } from './match/patterns.ts';
import { weighType } from './weigh/weigh-type.ts';

export interface Assessment {
  readonly taskType: TaskType;
  readonly complexity: Complexity;
  readonly confidence: number;
}

/**
 * A first look. The task type is judged as the full analysis judges it; the effort is counted over the tools that the
 * rules accept, which the full analysis weighs again, so it may lie a tier off.
 */
export function assess(index: MatchIndex, text: string): Assessment {
  const { found, named, tools: chosen, likely, beyond } = chooseTools(index, text, 'in', threshold);
  const wanted = named.length === 0 ? chosen : [...named, ...chosen];
  const { taskType, confidence } = weighType(index, [{ found, tools: wanted, likely, beyond }]);
  const tools: RecipeTool[] = [];
  for (const { target } of wanted) {
    const tool = index.targets[target]?.tool;
    if (tool !== undefined && !tools.includes(tool)) tools.push(tool);
  }
  const points = pointsOf({ given: [], requirements: 0, taskType, tools, open: beyond.length });
  return { taskType, complexity: complexityOf(points), confidence };
}
