import {
  operationOf,
  type Blueprint,
  type CheckContext,
  type Example,
  type Json,
  type ServerTool,
} from '../../spec/index.ts';
import { randomFrom } from '../random.ts';
import { sample } from '../json-schema/sample.ts';

export interface RightCall {
  readonly arguments: { readonly [key: string]: Json };
  readonly files: Readonly<Record<string, string>>;
}

/** A call that should work: the first example that expects no error, else the plainest sample of the schema. */
export function rightCall(tool: ServerTool, blueprint: Blueprint | undefined): RightCall {
  const given = examplesOf(blueprint, tool.name);
  const example = given.find((one) => !expectsError(one)) ?? given[0];
  if (example) return { arguments: example.arguments, files: example.files ?? {} };
  const made = sample(tool.inputSchema, randomFrom(tool.name), true);
  return { arguments: isObject(made) ? made : {}, files: {} };
}

export function examplesOf(blueprint: Blueprint | undefined, tool: string): readonly Example[] {
  return blueprint?.tools.find((one) => one.name === tool)?.examples ?? [];
}

/** The HTTP method of a tool that is an operation of an API: its names and words are those of the API's own document. */
export function methodOf({ blueprint }: CheckContext, name: string): string | undefined {
  const tool = blueprint?.tools.find((one) => one.name === name);
  return tool && operationOf(tool)?.method;
}

export function expectsError(example: Example): boolean {
  return example.expect !== undefined && 'isError' in example.expect && example.expect.isError;
}

export function isObject(value: unknown): value is { [key: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Milliseconds a call may take: the declared limit and a little, at most ten seconds; three for servers of others. */
export function patienceFor({ blueprint, generated }: CheckContext, most = generated ? 10_000 : 3000): number {
  const seconds = blueprint?.limits.maxSeconds;
  return seconds === undefined ? most : Math.min(most, seconds * 1000 + 1000);
}
