import { z } from 'zod';
import { api } from './api.ts';
import { languageNames, sourceKinds } from './words.ts';
import { grants, limits } from './grants.ts';
import { tool } from './tool.ts';
import { environmentVariable, dependency } from './dependency.ts';

/** Server names are also folder names, npm package names and registry names. */
export const serverName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens, starting with a letter')
  .max(63);

/** What the request expects to come out, checked against something the server really produced. */
export const expectedOutput = z.strictObject({
  description: z.string(),
  /** Tool whose answer or file shows it. */
  tool: z.string().optional(),
});

export const blueprint = z.strictObject({
  format: z.literal(1),
  name: serverName,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string().min(1).max(120),
  description: z.string().min(1).max(2000),
  language: z.enum(languageNames),
  tools: z.array(tool).max(2000),
  /** The API that tools with an `http` implementation call. */
  api: api.optional(),
  /** Operations that are not listed as tools; the tools of kind `catalogue` find and run them. */
  catalogue: z.array(tool).max(5000).optional(),
  modules: z.array(z.string()).default([]),
  /** Direct dependencies beside those every server has; pinned. */
  dependencies: z.array(dependency).max(100).default([]),
  environment: z.array(environmentVariable).max(100).default([]),
  grants: grants.prefault({}),
  limits: limits.prefault({}),
  /** The order in which tools are used for the request's purpose: tool to tools it needs first. */
  flow: z.array(z.strictObject({ tool: z.string(), after: z.array(z.string()) })).default([]),
  expectedOutputs: z.array(expectedOutput).default([]),
  provenance: z.strictObject({
    source: z.enum(sourceKinds),
    /** SHA-256 of the request as given, hex. */
    digest: z.string(),
    taskId: z.string().optional(),
  }),
});

export type ExpectedOutput = z.infer<typeof expectedOutput>;
export type Blueprint = z.infer<typeof blueprint>;
