import type { TaskType } from '../../spec/index.ts';
import { threshold } from '../match/accept.ts';
import type { Matched } from '../match/accept.ts';
import type { Found } from '../match/evidence.ts';
import type { MatchIndex } from '../match/patterns.ts';
import type { Signal } from '../match/signals.ts';

export interface JudgedType {
  readonly taskType: TaskType;
  /** 0 to 1: how far ahead of the next. */
  readonly confidence: number;
}

/** What of a part speaks for a task type: its words, what is wanted of it, what lies beyond the recipes. */
interface Speaking<Wanted> {
  readonly found: Found;
  readonly tools: readonly Wanted[];
  readonly likely: readonly Wanted[];
  readonly beyond: readonly Wanted[];
}

interface Scored {
  readonly target: number;
  readonly score: number;
}

/** On a tie the first wins: the more special kind of work names the whole. */
const order: readonly TaskType[] = [
  'ml_pipeline',
  'workflow_automation',
  'api_integration',
  'data_processing',
  'custom',
];

/** Below this nothing speaks clearly enough. */
const floor = 0.9;

/** The kind of work that most of the request belongs to: by its words, by the tools found, by what lies beyond them. */
export function judgeTaskType(index: MatchIndex, parts: readonly Speaking<Scored>[]): JudgedType {
  const scores: Record<TaskType, number> = {
    ml_pipeline: 0,
    workflow_automation: 0,
    api_integration: 0,
    data_processing: 0,
    custom: 0,
  };
  for (const part of parts) {
    eachWord(index, part, ({ taskType, weight }) => {
      scores[taskType] += weight;
    });
    eachTarget(part, ({ target }) => {
      scores[typeOf(index, target)] += weightOf(index, target);
    });
  }
  let first: TaskType = 'custom';
  let top = -1;
  let second = -1;
  for (const type of order) {
    if (scores[type] > top) {
      second = top;
      top = scores[type];
      first = type;
    } else if (scores[type] > second) second = scores[type];
  }
  if (top < floor) return { taskType: 'custom', confidence: 0.4 };
  return { taskType: first, confidence: Math.min(1, 0.5 + (top - second) / (2 * top)) };
}

/** The first five words of the request that speak for a task type. */
export function wordsFor(index: MatchIndex, parts: readonly Matched[], taskType: TaskType): string[] {
  const words = new Set<string>();
  for (const part of parts) {
    eachWord(index, part, (signal, at) => {
      if (signal.taskType === taskType) words.add(part.found.read.tokens.words[at] ?? '');
    });
    eachTarget(part, ({ target, words: evidence }) => {
      if (typeOf(index, target) === taskType) words.add(evidence);
    });
  }
  return [...words].slice(0, 5);
}

/** Words that tell the task type, each once. */
function eachWord(index: MatchIndex, { found }: Speaking<Scored>, take: (signal: Signal, at: number) => void): void {
  const { ids, tokens } = found.read;
  const seen: number[] = [];
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? -1;
    const signal = id < 0 || tokens.negated[at] === true ? undefined : index.signals[id];
    if (signal === undefined || seen.includes(id)) continue;
    seen.push(id);
    take(signal, at);
  }
}

function eachTarget<Wanted extends Scored>(
  { tools, likely, beyond }: Speaking<Wanted>,
  take: (wanted: Wanted) => void,
): void {
  for (const one of tools) take(one);
  for (const one of likely) if (one.score >= threshold) take(one);
  for (const one of beyond) take(one);
}

const typeOf = (index: MatchIndex, target: number): TaskType => index.targets[target]?.taskType ?? 'custom';

/** What lies beyond and what reaches out names the work more than the files it passes through. */
function weightOf(index: MatchIndex, target: number): number {
  const { tool, taskType } = index.targets[target] ?? {};
  if (tool === undefined) return taskType === 'ml_pipeline' ? 2.5 : 1.7;
  return taskType === 'data_processing' ? 1 : 1.7;
}
