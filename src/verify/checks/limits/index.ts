import { defineCheck, type CheckCase, type Limits } from '../../../spec/index.ts';
import { limitOfCalls } from './calls.ts';
import { limitOfInput } from './input.ts';
import { limitOfRetries } from './retries.ts';

export const limits = defineCheck({
  name: 'limits',
  level: 'L3',
  summary: 'The limits of the request hold: size of input, time of a call, rate of requests, retries.',
  // A call may take as long as the request's limit says.
  seconds: 150,
  // Without a limit there is nothing to prove, and no server to start for it.
  applies: ({ callable, blueprint }) => callable && blueprint !== undefined && hasLimit(blueprint.limits),
  run: (context) =>
    context.trial('limit', async (server) => {
      const { blueprint } = context;
      const cases: CheckCase[] = [];
      if (!blueprint) return { cases };
      for (const prove of [limitOfInput, limitOfRetries, limitOfCalls]) {
        context.signal.throwIfAborted();
        cases.push(...(await prove(server, blueprint)));
      }
      return { cases };
    }),
});

function hasLimit({ maxInputBytes, maxSeconds, calls, retries }: Limits): boolean {
  return [maxInputBytes, maxSeconds, calls, retries].some((limit) => limit !== undefined);
}
