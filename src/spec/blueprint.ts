import { z } from 'zod';
import type { Json, JsonSchema } from './json.ts';
import { languageNames, sourceKinds } from './words.ts';

const json = z.json() as unknown as z.ZodType<Json>;
const jsonSchema = z.record(z.string(), json) as z.ZodType<JsonSchema>;

/** Server names are also folder names, npm package names and registry names. */
const serverName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens, starting with a letter')
  .max(63);

/** Tool names: snake_case, at most 64 characters; clients refuse longer ones. */
const toolName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'lower-case letters, digits and single underscores, starting with a letter')
  .max(64);

/** A host and port a server may reach. `host` may start with `*.` for any one subdomain level. */
export const hostGrant = z.strictObject({
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65535).default(443),
  /** Private and loopback addresses are refused unless this is set by the user. */
  private: z.boolean().default(false),
});

/** A folder a server may see; everything else outside its workspace does not exist for it. */
export const folderGrant = z.strictObject({
  path: z.string().min(1).max(4096),
  access: z.enum(['read', 'write']).default('read'),
});

export const grants = z.strictObject({
  hosts: z.array(hostGrant).max(100).default([]),
  folders: z.array(folderGrant).max(20).default([]),
});

/** Limits that the server enforces at run time and verification proves. */
export const limits = z.strictObject({
  /** Largest file or inline text a tool accepts, in bytes. */
  maxInputBytes: z.int().positive().optional(),
  /** Longest time one tool call may take, in seconds. */
  maxSeconds: z.number().positive().optional(),
  /** Outgoing API calls allowed per window. */
  calls: z.strictObject({ count: z.int().positive(), seconds: z.number().positive() }).optional(),
  /** How often a failed outgoing request is tried again; 0 switches retrying off. */
  retries: z.int().min(0).max(10).optional(),
  /** Largest result a tool returns, in characters of its text form. */
  maxResultCharacters: z.int().positive().default(100_000),
});

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

export const annotations = z.strictObject({
  readOnlyHint: z.boolean(),
  destructiveHint: z.boolean(),
  idempotentHint: z.boolean(),
  openWorldHint: z.boolean(),
});

export const expectation = z.union([
  z.strictObject({ equals: json }),
  z.strictObject({ contains: z.string() }),
  z.strictObject({ matches: z.string() }),
  z.strictObject({ isError: z.boolean() }),
]);

/** One call with what must come back; verification runs it, the generated tests too. */
export const example = z.strictObject({
  arguments: z.record(z.string(), json),
  expect: expectation.optional(),
  /** Files laid into the workspace before the call: name to text. */
  files: z.record(z.string(), z.string()).optional(),
});

const implementation = z.discriminatedUnion('kind', [
  /** The body of an async function that receives `args`, each parameter by name, and `context`. */
  z.strictObject({ kind: z.literal('code'), code: z.string().max(1_000_000) }),
  /** A tool of a recipe of the library; `options` are what the recipe's handler is configured with. */
  z.strictObject({
    kind: z.literal('recipe'),
    recipe: z.string(),
    tool: z.string(),
    options: z.record(z.string(), json).default({}),
  }),
  /** Nobody has written it yet. A build with a pending tool never reports success. */
  z.strictObject({ kind: z.literal('pending'), need: z.string() }),
]);

export const tool = z.strictObject({
  name: toolName,
  title: z.string().min(1).max(120),
  description: z.string().min(1).max(4000),
  /** JSON Schema with an object root. */
  input: jsonSchema,
  /** JSON Schema with an object root; absent when the shape of the answer is not known. */
  output: jsonSchema.optional(),
  annotations,
  implementation,
  examples: z.array(example).max(50).default([]),
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

export type HostGrant = z.infer<typeof hostGrant>;
export type FolderGrant = z.infer<typeof folderGrant>;
export type Grants = z.infer<typeof grants>;
export type Limits = z.infer<typeof limits>;
export type EnvironmentVariable = z.infer<typeof environmentVariable>;
export type Annotations = z.infer<typeof annotations>;
export type Expectation = z.infer<typeof expectation>;
export type Example = z.infer<typeof example>;
export type Tool = z.infer<typeof tool>;
export type Dependency = z.infer<typeof dependency>;
export type ExpectedOutput = z.infer<typeof expectedOutput>;
export type Blueprint = z.infer<typeof blueprint>;
