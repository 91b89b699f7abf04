import { z } from 'zod';

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
        /** The registry's name of an alias. */
        name: z.string().optional(),
        version: z.string(),
        integrity: z.string().optional(),
        dependencies: z.record(z.string(), z.string()).optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
        peerDependencies: z.record(z.string(), z.string()).optional(),
        optional: z.boolean().optional(),
        os: z.array(z.string()).optional(),
        cpu: z.array(z.string()).optional(),
        license: z.string().optional(),
        /** It would run a program when installed; none ever runs. */
        hasInstallScript: z.boolean().optional(),
      }),
    )
    .max(1000)
    .optional(),
});

export type EnvironmentVariable = z.infer<typeof environmentVariable>;
export type Dependency = z.infer<typeof dependency>;
