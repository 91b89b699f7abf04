import {
  apiFileOf,
  basePath,
  operationsOf,
  settingsFor,
  tryOperation,
  type Exchange,
} from '../../../languages/index.ts';
import { defineCheck, type CheckCase, type CheckContext, type TrialServer } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { spread } from '../some-tools.ts';
import { failed, passed, skipped } from '../style.ts';

/** Time for all operations together, in milliseconds; those that come after are told as not tried. */
const mostMs = 3000;
const noTime = 'there was no time';

/** Most operations told one by one. */
const most = 10;

/** So few wrong ones of many cost themselves alone: the rest is served, and the report names them. */
const few = { operations: 5, share: 0.02 };

export const apiRequests = defineCheck({
  name: 'api_requests',
  level: 'L3',
  summary: 'Each operation of the API makes one request that says what it was given, with credentials in their place.',
  applies: (context) => context.callable && context.blueprint?.api !== undefined,
  run: (context) => context.trial('api', async (server) => ({ cases: await tryAll(server, context) })),
});

async function tryAll(server: TrialServer, { blueprint, signal }: CheckContext): Promise<CheckCase[]> {
  const api = blueprint && apiFileOf(blueprint);
  if (api === undefined) return [];
  if (!(await server.answer({ status: 204, body: '' })))
    return [skipped('Requests cannot be seen, so they were not judged.')];
  const exchange = exchangeOf(server, settingsFor(api, '').credentials);
  const operations = spread(operationsOf(api));
  const began = performance.now();
  const wrong: CheckCase[] = [];
  const untried = new Map<string, string[]>();
  let right = 0;
  for (const operation of operations) {
    signal.throwIfAborted();
    if (!server.alive())
      return [...wrong, failed('The server is gone.', 'Mend what ended it.', { tool: operation.name })];
    const late = performance.now() - began > mostMs;
    const verdict = late ? undefined : await tryOperation(api, operation, exchange);
    const problems = (verdict?.problems ?? [noTime]).join('; ');
    if (verdict?.status === 'passed') right++;
    else if (verdict?.status === 'failed') wrong.push(told(operation.name, problems));
    else untried.set(problems, [...(untried.get(problems) ?? []), operation.name]);
  }
  const rest = [...untried].map(([why, names], index) =>
    skipped(`${names.length} not tried: ${why}${why === noTime ? '' : ` (${cut(names.join(', '), 300)})`}.`, {
      case: `skipped/${index + 1}`,
    }),
  );
  const more = wrong.length > most ? [told('others', `${wrong.length - most} more operations`)] : [];
  const severity = areFew(wrong.length, operations.length) && !blueprint?.api?.strict ? 'warning' : 'error';
  if (right === 0 && wrong.length === 0) return rest;
  const message = `${right} of ${operations.length} operations make the request that was asked for.`;
  const shown = [...wrong.slice(0, most), ...more].map((one) => ({ ...one, severity }) as const);
  return [passed(message), ...shown, ...rest];
}

const areFew = (wrong: number, all: number): boolean => wrong <= few.operations && wrong < all * few.share;

const told = (operation: string, problems: string): CheckCase =>
  failed(`${operation}: ${cut(problems, 400)}.`, 'Leave the operation out, or mend how the document describes it.', {
    case: operation,
  });

function exchangeOf(server: TrialServer, credentials: Exchange['credentials']): Exchange {
  return {
    credentials,
    base: basePath,
    answer: async (reply) => void (await server.answer(reply)),
    requests: () => server.sent(),
    async call(name, args) {
      const { outcome, text } = await server.call(name, args as Parameters<TrialServer['call']>[1], {
        // A machine that is busy with other checks is not the server's fault.
        timeoutMs: 10_000,
      });
      return { isError: outcome !== 'ok', text };
    },
  };
}
