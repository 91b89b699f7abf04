import type { TaskType } from '../../spec/index.ts';
import { topics } from '../language/topics.ts';
import type { Speaking } from '../judge/task-type.ts';
import { tallyTypes } from '../judge/task-type.ts';
import type { MatchIndex } from '../match/patterns.ts';

/**
 * Signs of the kind of work: word groups, what the rules found and what lies beyond, what they add up to. Only what the
 * first look has already, so that both judge alike.
 */
export function eachTypeSign(
  index: MatchIndex,
  parts: readonly Speaking[],
  take: (sign: string, value: number) => void,
): void {
  take('constant', 1);
  const counts = new Uint8Array(32);
  let length = 0;
  for (const { found } of parts) {
    const { tokens } = found.read;
    length += tokens.words.length;
    for (const bits of tokens.topics)
      for (let left = bits; left !== 0; left &= left - 1) counts[31 - Math.clz32(left & -left)]! += 1;
  }
  take('length', Math.log2(1 + length) / 5);
  for (let place = 0; place < topics.length; place += 1) {
    const count = counts[place] ?? 0;
    if (count > 0) take(topics[place] ?? '', logs[Math.min(count, 7)] ?? 0);
  }
  takeTally(tallyTypes(index, parts), take);
  takeTargets(index, parts, take);
}

/** log2(1 + n) */
const logs = [0, 1, 2, 3, 4, 5, 6, 7].map((count) => Math.log2(1 + count));
const names = ['ml_pipeline', 'workflow_automation', 'api_integration', 'data_processing', 'custom'] as const;
const signOfWords = {
  ml_pipeline: 'words of ml_pipeline',
  workflow_automation: 'words of workflow_automation',
  api_integration: 'words of api_integration',
  data_processing: 'words of data_processing',
  custom: 'words of custom',
};
const signOfMost = {
  ml_pipeline: 'most ml_pipeline',
  workflow_automation: 'most workflow_automation',
  api_integration: 'most api_integration',
  data_processing: 'most data_processing',
  custom: 'most custom',
};

function takeTally(scores: Readonly<Record<TaskType, number>>, take: (sign: string, value: number) => void): void {
  let most: TaskType = 'custom';
  for (const type of names) {
    if (scores[type] > 0) take(signOfWords[type], Math.log2(1 + scores[type]));
    if (scores[type] > scores[most]) most = type;
  }
  if (scores[most] > 0) take(signOfMost[most], 1);
}

/** Least score of evidence that counts. */
const least = 0.5;

function takeTargets(index: MatchIndex, parts: readonly Speaking[], take: (sign: string, value: number) => void): void {
  const targets: number[] = [];
  const scores: number[] = [];
  const say = (target: number, score: number): void => {
    const at = targets.indexOf(target);
    if (at < 0) scores[targets.push(target) - 1] = score;
    else if (score > (scores[at] ?? 0)) scores[at] = score;
  };
  let system = false;
  for (const { found, tools, beyond } of parts) {
    for (const { target, score } of found.evidence) if (score >= least) say(target, score);
    for (const { target } of tools) say(target, 1);
    for (const { target } of beyond) say(target, 1);
    for (const id of found.read.ids) if (id >= 0 && index.systems[id] !== undefined) system = true;
  }
  let tools = 0;
  let data = 0;
  for (let at = 0; at < targets.length; at += 1) {
    const score = scores[at] ?? 0;
    const { tool, beyond, taskType } = index.targets[targets[at] ?? -1] ?? {};
    take(tool?.name ?? beyond ?? '', score);
    if (tool === undefined) continue;
    tools += score;
    if (taskType === 'data_processing') data += score;
  }
  take('tools', Math.log2(1 + tools));
  take('data tools', Math.log2(1 + data));
  if (system) take('system named', 1);
}
