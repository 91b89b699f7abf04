import { taskTypes } from '../../spec/index.ts';
import type { TaskType } from '../../spec/index.ts';
import { threshold } from '../match/accept.ts';
import type { Matched } from '../match/accept.ts';
import type { MatchIndex } from '../match/patterns.ts';

export interface JudgedType {
  readonly taskType: TaskType;
  /** 0 to 1: how far ahead of the next. */
  readonly confidence: number;
  /** Words of the request that spoke for it. */
  readonly words: readonly string[];
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

/** How much speaks for each kind of work, and which words of the request. */
export interface TypeTally {
  readonly scores: ReadonlyMap<TaskType, number>;
  readonly words: ReadonlyMap<TaskType, ReadonlySet<string>>;
}

/** Adds up what the words, the tools found and what lies beyond them say for each kind of work. */
export function tallyTypes(index: MatchIndex, parts: readonly Matched[]): TypeTally {
  const scores = new Map<TaskType, number>(taskTypes.map((type) => [type, 0]));
  const words = new Map<TaskType, Set<string>>(taskTypes.map((type) => [type, new Set()]));
  const add = (type: TaskType, weight: number, word: string): void => {
    scores.set(type, (scores.get(type) ?? 0) + weight);
    words.get(type)?.add(word);
  };
  for (const { found, tools, likely, beyond } of parts) {
    const { ids, tokens } = found.read;
    const seen = new Set<number>();
    ids.forEach((id, at) => {
      const signal = index.signals.get(id);
      if (signal === undefined || tokens.negated[at] === true || seen.has(id)) return;
      seen.add(id);
      add(signal.taskType, signal.weight, tokens.words[at] ?? '');
    });
    for (const { target, words: evidence } of [
      ...tools,
      ...likely.filter(({ score }) => score >= threshold),
      ...beyond,
    ])
      add(index.targets[target]?.taskType ?? 'custom', weightOf(index, target), evidence);
  }
  return { scores, words };
}

/** The kind of work that most of the request belongs to, by the tally alone: the fast look. */
export function judgeTaskType({ scores, words }: TypeTally): JudgedType {
  const ranked = [...order].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  const [first = 'custom', second = 'custom'] = ranked;
  const top = scores.get(first) ?? 0;
  if (top < floor) return { taskType: 'custom', confidence: 0.4, words: [] };
  return {
    taskType: first,
    confidence: Math.min(1, 0.5 + (top - (scores.get(second) ?? 0)) / (2 * top)),
    words: [...(words.get(first) ?? [])].slice(0, 5),
  };
}

/** What lies beyond and what reaches out names the work more than the files it passes through. */
function weightOf(index: MatchIndex, target: number): number {
  const { tool, taskType } = index.targets[target] ?? {};
  if (tool === undefined) return taskType === 'ml_pipeline' ? 2.5 : 1.7;
  return taskType === 'data_processing' ? 1 : 1.7;
}
