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

/** How hard the work is, and why. */
export function judgeEffort(work: Workload): JudgedEffort {
  const points = pointsOf(work);
  const named = points.flatMap((value, at) => (value > 0 ? [`${whatCounts[at]} ${value}`] : []));
  return {
    complexity: complexityOf(points),
    steps: Math.max(1, work.tools.length + work.given.length + work.open, work.requirements),
    because: named.length === 0 ? 'nothing in it makes it hard' : `points for ${named.join(', ')}`,
  };
}

const whatCounts = [
  'tools',
  'calls to other systems',
  'credentials',
  'changes that cannot be undone',
  'parts without a recipe',
  'model work',
  'a flow of steps',
];

/**
 * One point for each tool, more for what makes work hard: other systems, credentials, writing where it can hurt,
 * parts without a recipe, models, flows. One number for each of `whatCounts`.
 */
export function pointsOf({ given, taskType, tools, open }: Workload): number[] {
  const someTool = (hint: 'openWorldHint' | 'destructiveHint'): boolean =>
    tools.some(({ annotations }) => annotations[hint]) || given.some(({ annotations }) => annotations[hint]);
  // Operations of an API are made from its document: together they are one piece of work.
  const operations = given.filter(({ implementation }) => implementation.kind === 'http').length;
  return [
    tools.length + given.length - Math.max(0, operations - 1),
    someTool('openWorldHint') ? 1 : 0,
    tools.some((tool) => tool.uses.includes('secret')) ? 1 : 0,
    someTool('destructiveHint') ? 1 : 0,
    open * 2,
    taskType === 'ml_pipeline' ? 3 : 0,
    taskType === 'workflow_automation' ? 1 : 0,
  ];
}

/** Tiers end at 2, 5 and 9 points. */
export function complexityOf(points: readonly number[]): Complexity {
  const sum = points.reduce((all, value) => all + value, 0);
  const tier = sum <= 2 ? 0 : sum <= 5 ? 1 : sum <= 9 ? 2 : 3;
  return complexities[tier] ?? 'expert';
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
