/** The closed vocabularies that stages exchange. */

export const taskTypes = [
  'data_processing',
  'api_integration',
  'workflow_automation',
  'ml_pipeline',
  'custom',
] as const;
export type TaskType = (typeof taskTypes)[number];

export const complexities = ['simple', 'moderate', 'complex', 'expert'] as const;
export type Complexity = (typeof complexities)[number];

/**
 * Every complexity word a user may write, to its tier. Contexts say low/medium/high,
 * forms say basic/standard/advanced/enterprise.
 */
export const complexityWords: Readonly<Record<string, Complexity>> = {
  simple: 'simple',
  low: 'simple',
  basic: 'simple',
  moderate: 'moderate',
  medium: 'moderate',
  standard: 'moderate',
  complex: 'complex',
  high: 'complex',
  advanced: 'complex',
  expert: 'expert',
  enterprise: 'expert',
};

/** The three-word scale of orchestration contexts, derived from the tier. */
export const threeWordComplexity: Readonly<Record<Complexity, 'low' | 'medium' | 'high'>> = {
  simple: 'low',
  moderate: 'medium',
  complex: 'high',
  expert: 'high',
};

export const executionPatterns = [
  'direct',
  'parallel',
  'router',
  'orchestrator',
  'swarm',
  'evaluator_optimizer',
] as const;
export type ExecutionPattern = (typeof executionPatterns)[number];

export const languageNames = ['typescript', 'python'] as const;
export type LanguageName = (typeof languageNames)[number];

export const sourceKinds = ['form', 'context', 'prompt', 'openapi', 'blueprint'] as const;
export type SourceKind = (typeof sourceKinds)[number];
