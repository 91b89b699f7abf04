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
  const right = tried.filter((attempt, index) => {
    const outcome = { ...ends[index]!, sent: sent.filter(({ answer }) => answer === index) };
    return judgeAttempt(api, attempt, outcome, exchange).status === 'passed';
  });
  return new Set(right.map(({ operation }) => operation));
}

const pathOf = ({ implementation }: ApiOperation, { base }: Exchange): ReturnType<typeof pathPattern> =>
  pathPattern(implementation, base(implementation.server ?? 0));
