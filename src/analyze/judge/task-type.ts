import type { TaskType } from '../../spec/index.ts';
import { threshold } from '../match/accept.ts';
import type { Matched } from '../match/accept.ts';
import type { Found } from '../match/evidence.ts';
import type { MatchIndex } from '../match/patterns.ts';
import type { Signal } from '../match/signals.ts';

/** What of a part speaks for a task type: its words, what is wanted of it, what lies beyond the recipes. */
export interface Speaking<Wanted extends Scored = Scored> {
  readonly found: Found;
  readonly tools: readonly Wanted[];
  readonly likely: readonly Wanted[];
  readonly beyond: readonly Wanted[];
}

interface Scored {
  readonly target: number;
  readonly score: number;
}

/** Adds up what the words, the tools found and what lies beyond them say for each kind of work. */
export function tallyTypes(index: MatchIndex, parts: readonly Speaking[]): Readonly<Record<TaskType, number>> {
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
  return scores;
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
function eachWord(index: MatchIndex, { found }: Speaking, take: (signal: Signal, at: number) => void): void {
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
