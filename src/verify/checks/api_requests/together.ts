import { setImmediate } from 'node:timers/promises';
import {
  attemptOf,
  judgeAttempt,
  obstacleTo,
  pathPattern,
  sampleAnswer,
  type TriedApi,
  type ApiOperation,
  type Exchange,
} from '../../../languages/index.ts';
import type { TrialServer } from '../../../spec/index.ts';

/**
 * Calls operations all at once, and gives those that made the right request. Requests are told apart by method and path:
 * what shares them with another, or went wrong in any way, is not among them and is for a call of its own.
 */
export async function rightTogether(
  api: TriedApi,
  operations: readonly ApiOperation[],
  server: Pick<TrialServer, 'answer' | 'sent'>,
  exchange: Exchange,
): Promise<ReadonlySet<ApiOperation>> {
  const tried = operations
    .filter((operation) => obstacleTo(api, operation) === undefined)
    .map((operation) => ({ ...attemptOf(api, operation), path: pathOf(operation, exchange) }))
    // A path without parameters fits those of one with parameters, too.
    .toSorted((one, other) => one.path.names.flat().length - other.path.names.flat().length);
  const answers = tried.map(({ operation, path }) => ({
    ...sampleAnswer(api, operation),
    method: operation.implementation.method,
    path: path.pattern,
  }));
  await server.answer(answers);
  const ends = await Promise.all(tried.map(({ call }) => exchange.call(...call)));
  const sent = await server.sent();
  const right = new Set<ApiOperation>();
  for (const [index, attempt] of tried.entries()) {
    // Judging takes as long as the document lets it: others are served in between.
    await setImmediate();
    const outcome = { ...ends[index]!, sent: sent.filter(({ answer }) => answer === index) };
    if (judgeAttempt(api, attempt, outcome, exchange).status === 'passed') right.add(attempt.operation);
  }
  return right;
}

const pathOf = ({ implementation }: ApiOperation, { base }: Exchange): ReturnType<typeof pathPattern> =>
  pathPattern(implementation, base(implementation.server ?? 0));
