import type { CallContext } from '../../src/library/shared/bearer.ts';
import { limitFetch, type FetchLimits } from '../../src/languages/typescript/runtime/limited-fetch.ts';
import { ToolError } from '../../src/languages/typescript/runtime/errors.ts';
import { makeTestContext, type TestContext } from '../../src/library/testing.ts';

export interface ApiTest extends Omit<TestContext, 'context'> {
  readonly context: CallContext;
}

/** The context of a generated server with these variables and limits, over a temporary workspace. */
export async function makeApiTest(
  environment: Record<string, string>,
  limits: FetchLimits,
  files: Record<string, string> = {},
): Promise<ApiTest> {
  const test = await makeTestContext({ files });
  const context: CallContext = {
    ...test.context,
    fetch: limitFetch(limits)(test.context.signal),
    secret(name) {
      const value = environment[name];
      if (value) return value;
      throw new ToolError(
        `The environment variable ${name} is not set.`,
        `Set ${name} for this server and restart it.`,
      );
    },
  };
  return { ...test, context };
}
