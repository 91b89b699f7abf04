import { z } from 'zod';
import { annotations, expectation } from '../../spec/index.ts';

const text = z.string();
const flag = z.boolean();

const formExample = z.strictObject({
  arguments: z.record(text, z.json()).default({}),
  expect: expectation.optional(),
  files: z.record(text, text).optional(),
});

export const formTool = z.strictObject({
  name: text.min(1),
  title: text.min(1).max(120).optional(),
  description: text.trim().min(1).max(4000),
  /** Each parameter by name, or a whole JSON Schema with an object root. */
  parameters: z.record(text, z.json()).default({}),
  implementation: text.max(1_000_000).optional(),
  output: z.record(text, z.json()).optional(),
  annotations: annotations.partial().optional(),
  examples: z.array(formExample).max(50).default([]),
});

const variable = z.union([
  text,
  z.number(),
  flag,
  z.null(),
  z.strictObject({
    value: z.union([text, z.number(), flag]).optional(),
    description: text.max(500).optional(),
    required: flag.optional(),
    secret: flag.optional(),
  }),
]);

const grant = z.union([text, z.strictObject({ path: text, access: z.enum(['read', 'write']).default('read') })]);

/** The form of a server: the names users know, and beside them language, folders and hosts. */
export const form = z.strictObject({
  server_name: text.min(1),
  description: text.trim().min(1).max(20_000),
  complexity: text.optional(),
  capabilities: z.array(text).max(50).default([]),
  custom_tools: z.array(formTool).default([]),
  dependencies: z.union([z.array(text).max(100), z.record(text, text)]).default([]),
  environment_vars: z.record(text, variable).default({}),
  deployment_config: z
    .strictObject({
      docker: flag.optional(),
      compose: flag.optional(),
      kubernetes: flag.optional(),
      target: text.optional(),
    })
    .default({}),
  language: text.optional(),
  constraints: z.array(text).max(200).default([]),
  expected_outputs: z.array(text).max(200).default([]),
  folders: z.array(grant).max(20).default([]),
  hosts: z.array(text).max(100).default([]),
});

export type Form = z.infer<typeof form>;
export type FormTool = z.infer<typeof formTool>;
