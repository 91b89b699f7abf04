import { z } from 'zod';
import { languageNames, sourceKinds } from './words.ts';
import { grants, limits } from './grants.ts';
import { tool } from './tool.ts';

/** Server names are also folder names, npm package names and registry names. */
const serverName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens, starting with a letter')
  .max(63);

export const environmentVariable = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/i)
    .max(128),
  description: z.string().max(500).default(''),
  required: z.boolean().default(false),
  /** A secret's value is never part of a Blueprint, a generated file, a log or a report. */
  secret: z.boolean().default(false),
  /** Value of a variable that is no secret. */
  value: z.string().max(10_000).optional(),
});

export const dependency = z.strictObject({
  name: z.string().max(214),
  /** Exact version. */
  version: z.string(),
  /** Subresource integrity as the registry gives it. */
  integrity: z.string().optional(),
  /** What it brings along, by place in the tree of installed packages; absent when mcp-crafter has it itself. */
  closure: z
    .array(
      z.strictObject({
        path: z.string(),
        version: z.string(),
        integrity: z.string().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
        peerDependencies: z.record(z.string(), z.string()).optional(),
        optional: z.boolean().optional(),
        os: z.array(z.string()).optional(),
        cpu: z.array(z.string()).optional(),
      }),
    )
    .max(1000)
    .optional(),
});

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
  tools: z.array(tool).max(200),
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

export type EnvironmentVariable = z.infer<typeof environmentVariable>;
export type Dependency = z.infer<typeof dependency>;
export type ExpectedOutput = z.infer<typeof expectedOutput>;
export type Blueprint = z.infer<typeof blueprint>;
