import { z } from 'zod';
import { limits } from './grants.ts';
import { complexities, executionPatterns, taskTypes } from './words.ts';

/** A finding of the analysis and the words of the request that led to it. */
const reason = z.strictObject({ about: z.string(), because: z.string() });

export const recipeMatch = z.strictObject({
  recipe: z.string(),
  /** Tool of the recipe. */
  tool: z.string(),
  /** 0 to 1. */
  score: z.number(),
  /** Words of the request that called for it. */
  evidence: z.string(),
  /** What the tool is about, when the request names it: `crm`, `helpdesk`. */
  subject: z.string().optional(),
  /** Index of the requirement it covers; -1 when it comes from the intent. */
  requirement: z.int(),
});

export const analysis = z.strictObject({
  taskType: z.enum(taskTypes),
  complexity: z.enum(complexities),
  /** The same on the three-word scale of orchestration contexts. */
  complexityWord: z.enum(['low', 'medium', 'high']),
  estimatedSteps: z.int(),
  capabilities: z.array(z.string()),
  risks: z.array(z.strictObject({ risk: z.string(), mitigation: z.string() })),
  bottlenecks: z.array(z.string()),
  resources: z.strictObject({ cpu: z.string(), memory: z.string(), storage: z.string() }),
  /** Minutes a person should allow for review and set-up, least and most. */
  timeline: z.strictObject({ minutes: z.tuple([z.int(), z.int()]), note: z.string() }),
  /** 0 to 1. */
  confidence: z.number(),
  executionPattern: z.enum(executionPatterns),
  matches: z.array(recipeMatch),
  /** Tools that the request perhaps wants too, likeliest first; none is built unless the request says so. */
  suggestions: z
    .array(recipeMatch.pick({ recipe: true, tool: true, score: true, evidence: true }))
    .max(5)
    .default([]),
  /** Expected outputs with the matched tool that shows each, when one does. */
  outputs: z.array(z.strictObject({ description: z.string(), tool: z.string().optional() })).default([]),
  /** Limits read from the constraints. */
  limits,
  /** Parts of the request that no recipe covers, in plain words. */
  uncovered: z.array(z.string()),
  /** What must be answered before a plan makes sense; empty when the request is clear enough. */
  questions: z.array(z.string()),
  /** Doubts about what was declared, and other remarks. */
  doubts: z.array(z.string()),
  reasons: z.array(reason),
});
export type Analysis = z.infer<typeof analysis>;
export type RecipeMatch = z.infer<typeof recipeMatch>;
