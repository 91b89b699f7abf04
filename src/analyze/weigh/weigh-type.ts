import { taskTypes } from '../../spec/index.ts';
import type { TaskType } from '../../spec/index.ts';
import { isVague } from '../judge/questions.ts';
import type { Speaking } from '../judge/task-type.ts';
import type { MatchIndex } from '../match/patterns.ts';
import { eachTypeSign } from './type-signs.ts';
import { typeWeights } from './type-weights.ts';

export interface JudgedType {
  readonly taskType: TaskType;
  /** 0 to 1: its share among all kinds of work. */
  readonly confidence: number;
}

const weights = new Map(Object.entries(typeWeights));

/**
 * The kind of work whose signs weigh most: one regression for each kind, over words and what the rules found. The first
 * look and the full analysis both judge by it. A request that names nothing is custom work.
 */
export function weighType(index: MatchIndex, parts: readonly Speaking[]): JudgedType {
  if (isVague(parts)) return { taskType: 'custom', confidence: 0.4 };
  const sums = new Float64Array(taskTypes.length);
  eachTypeSign(index, parts, (sign, value) => {
    const own = weights.get(sign);
    if (own !== undefined) for (let at = 0; at < sums.length; at += 1) sums[at]! += (own[at] ?? 0) * value;
  });
  let best = 0;
  let all = 0;
  for (let at = 0; at < sums.length; at += 1) {
    all += oddsOf(sums[at] ?? 0);
    if ((sums[at] ?? 0) > (sums[best] ?? 0)) best = at;
  }
  return { taskType: taskTypes[best] ?? 'custom', confidence: oddsOf(sums[best] ?? 0) / all };
}

const oddsOf = (sum: number): number => 1 / (1 + Math.exp(-sum));
