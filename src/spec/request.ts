import { z } from 'zod';
import { api, apiShapes } from './api.ts';
import { environmentVariable } from './dependency.ts';
import { dependency } from './dependency.ts';
import { grants } from './grants.ts';
import { tool } from './tool.ts';
import { complexities, languageNames, sourceKinds, taskTypes } from './words.ts';

/** What is wanted, whatever form it came in. Sources make it, analysis and planning read it. */
export const request = z.strictObject({
  kind: z.enum(sourceKinds),
  /** SHA-256 of the input as given, hex. */
  digest: z.string(),
  /** taskId of an orchestration context. */
  taskId: z.string().optional(),
  /** Wished server name, already valid. */
  name: z.string().optional(),
  /** What it is for, in the user's words. */
  intent: z.string(),
  requirements: z.array(z.string()).default([]),
  constraints: z.array(z.string()).default([]),
  expectedOutputs: z.array(z.string()).default([]),
  /** What the user declared; it binds. */
  declared: z
    .strictObject({
      taskType: z.enum(taskTypes).optional(),
      complexity: z.enum(complexities).optional(),
      timeline: z.string().optional(),
    })
    .prefault({}),
  /** Capability words of a form (tools, monitoring, caching, …). */
  capabilities: z.array(z.string()).default([]),
  language: z.enum(languageNames).default('typescript'),
  /** Tools the request already holds whole (a form's custom_tools). */
  tools: z.array(tool).default([]),
  /** The API that the tools call, and how they are to be offered; planning chooses the shape unless it is given. */
  api: z
    .strictObject({
      api,
      shape: z.enum(apiShapes).optional(),
      /** Most tools, and most tokens of their listing, that are offered one by one. */
      budget: z.strictObject({ tools: z.int().positive(), tokens: z.int().positive() }),
      /** Tags whose operations are listed as tools whatever the shape. */
      pins: z.array(z.string()).default([]),
    })
    .optional(),
  dependencies: z.array(dependency.partial({ version: true })).default([]),
  environment: z.array(environmentVariable).default([]),
  grants: grants.prefault({}),
  metadata: z.record(z.string(), z.unknown()).default({}),
  /** What the reader changed, or what this version does not do with the input; analysis shows them as doubts. */
  notes: z.array(z.string()).default([]),
});
export type Request = z.infer<typeof request>;
