import { complexities, threeWordComplexity } from '../../spec/index.ts';
import type { Analysis, Complexity, ExecutionPattern, RecipeTool, TaskType, Tool } from '../../spec/index.ts';

/** What the judgements of effort look at. */
export interface Workload {
  /** Tools that the request holds whole. */
  readonly given: readonly Tool[];
  /** How many requirements it names. */
  readonly requirements: number;
  readonly taskType: TaskType;
  /** Recipe tools that are wanted. */
  readonly tools: readonly RecipeTool[];
  /** Parts that nobody has written yet. */
  readonly open: number;
}

export interface JudgedEffort {
  readonly complexity: Complexity;
  readonly steps: number;
  readonly because: string;
}

/**
 * One point for each tool, more for what makes work hard: other systems, credentials, writing where it can hurt,
 * parts without a recipe, models, limits. Tiers end at 2, 5 and 9 points.
 */
export function judgeEffort({ given, requirements, taskType, tools, open }: Workload): JudgedEffort {
  const all = [...tools.map((tool) => tool.annotations), ...given.map((tool) => tool.annotations)];
  // Operations of an API are made from its document: together they are one piece of work.
  const operations = given.filter(({ implementation }) => implementation.kind === 'http').length;
  const parts: [string, number][] = [
    ['tools', all.length - Math.max(0, operations - 1)],
    ['calls to other systems', all.some((tool) => tool.openWorldHint) ? 1 : 0],
    ['credentials', tools.some((tool) => tool.uses.includes('secret')) ? 1 : 0],
    ['changes that cannot be undone', all.some((tool) => tool.destructiveHint) ? 1 : 0],
    ['parts without a recipe', open * 2],
    ['model work', taskType === 'ml_pipeline' ? 3 : 0],
    ['a flow of steps', taskType === 'workflow_automation' ? 1 : 0],
  ];
  const points = parts.reduce((sum, [, value]) => sum + value, 0);
  const tier = points <= 2 ? 0 : points <= 5 ? 1 : points <= 9 ? 2 : 3;
  const named = parts.filter(([, value]) => value > 0).map(([what, value]) => `${what} ${value}`);
  return {
    complexity: complexities[tier] ?? 'expert',
    steps: Math.max(1, all.length + open, requirements),
    because: named.length === 0 ? 'nothing in it makes it hard' : `points for ${named.join(', ')}`,
  };
}

/** Figures of the orchestration document for its three words. */
const resources: Readonly<Record<'low' | 'medium' | 'high', Analysis['resources']>> = {
  low: { cpu: '500m', memory: '512Mi', storage: '1Gi' },
  medium: { cpu: '1000m', memory: '1Gi', storage: '2Gi' },
  high: { cpu: '2000m', memory: '2Gi', storage: '4Gi' },
};

/** Minutes of the orchestration document for its task types; custom work by its complexity. */
const minutes: Readonly<Record<Exclude<TaskType, 'custom'>, [number, number]>> = {
  data_processing: [30, 90],
  api_integration: [15, 45],
  workflow_automation: [60, 180],
  ml_pipeline: [90, 240],
};
const customMinutes: Readonly<Record<Complexity, [number, number]>> = {
  simple: [15, 45],
  moderate: [30, 90],
  complex: [60, 180],
  expert: [90, 240],
};

export function resourcesFor(complexity: Complexity): Analysis['resources'] {
  return resources[threeWordComplexity[complexity]];
}

export function timelineFor(
  taskType: TaskType,
  complexity: Complexity,
  declared: string | undefined,
): Analysis['timeline'] {
  const range = taskType === 'custom' ? customMinutes[complexity] : minutes[taskType];
  const note = 'Time for a person to review, grant and try; the build itself takes seconds.';
  return { minutes: [...range], note: declared === undefined ? note : `${note} Declared: ${declared.slice(0, 200)}.` };
}

/** The pattern in which an agent best uses the tools, with why. */
export function judgePattern(
  { given, taskType, tools }: Workload,
  words: string,
): { pattern: ExecutionPattern; because: string } {
  const count = tools.length + given.length;
  if (
    /\b(improve until|iterate until|until (?:it is |they are )?good enough|critique|refine|score and retry)\b/i.test(
      words,
    )
  )
    return { pattern: 'evaluator_optimizer', because: 'results are judged and improved until they pass' };
  if (/\b(agents (?:that )?(?:work together|collaborate)|swarm|several agents|multiple agents)\b/i.test(words))
    return { pattern: 'swarm', because: 'several agents are to work together' };
  if (count <= 1) return { pattern: 'direct', because: 'one tool does it in one call' };
  if (
    /\b(in parallel|simultaneously|concurrently|at the same time)\b/i.test(words) &&
    taskType !== 'workflow_automation'
  )
    return { pattern: 'parallel', because: 'the request asks for things at the same time' };
  if (taskType === 'workflow_automation' || tools.length >= 3)
    return { pattern: 'orchestrator', because: `${count} tools build on each other's results` };
  if (given.length > 1)
    return { pattern: 'router', because: 'the tools answer different questions; the agent picks one' };
  return { pattern: 'direct', because: `${count} tools, called one after the other` };
}
