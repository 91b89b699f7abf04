import { z } from 'zod';
import { httpOperation, type HttpOperation } from './http.ts';
import type { Json } from './json.ts';
import { jsonObject } from './json-object.ts';

const json = z.json() as unknown as z.ZodType<Json>;

/** Tool names: snake_case, at most 64 characters; clients refuse longer ones. */
const toolName = z
  .string()
  .regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/, 'lower-case letters, digits and single underscores, starting with a letter')
  .max(64);

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
  /**
   * The body of an async function that receives `args`, each parameter by name, and `context`. Code that was made of an
   * operation of the API holds it: the requests it makes are judged by it, until a person has edited the code.
   */
  z.strictObject({
    kind: z.literal('code'),
    code: z.string().max(1_000_000),
    operation: httpOperation.optional(),
    edited: z.literal(true).optional(),
  }),
  /** A tool of a recipe of the library; `options` are what the recipe's handler is configured with. */
  z.strictObject({
    kind: z.literal('recipe'),
    recipe: z.string(),
    tool: z.string(),
    options: z.record(z.string(), json).default({}),
  }),
  /** An operation of the Blueprint's API. */
  httpOperation,
  /** Looks up or runs the operations in the Blueprint's catalogue; `read` runs those that only read, `write` the others. */
  z.strictObject({ kind: z.literal('catalogue'), part: z.enum(['search', 'describe', 'read', 'write']) }),
  /** Shows more of an API's answer that was too large to be given whole. */
  z.strictObject({ kind: z.literal('answer') }),
  /** Signs a user in at the API by authorization code with PKCE: begins with { scheme? }, ends with { code, state, issuer? }. */
  z.strictObject({ kind: z.literal('authorize') }),
  /** Nobody has written it yet. A build with a pending tool never reports success. */
  z.strictObject({ kind: z.literal('pending'), need: z.string() }),
]);

export const tool = z.strictObject({
  name: toolName,
  title: z.string().min(1).max(120),
  description: z.string().min(1).max(4000),
  /** JSON Schema with an object root. */
  input: jsonObject,
  /** JSON Schema with an object root; absent when the shape of the answer is not known. */
  output: jsonObject.optional(),
  annotations,
  implementation,
  examples: z.array(example).max(50).default([]),
});

export type Annotations = z.infer<typeof annotations>;
export type Expectation = z.infer<typeof expectation>;
export type Example = z.infer<typeof example>;
export type Tool = z.infer<typeof tool>;

/** The operation of an API that a tool calls, also where it became code. */
export function operationOf({ implementation }: Pick<Tool, 'implementation'>): HttpOperation | undefined {
  return implementation.kind === 'code'
    ? implementation.operation
    : implementation.kind === 'http'
      ? implementation
      : undefined;
}
