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
import { failed, passed, skipped } from '../style.ts';

/** Time for all operations together, in milliseconds; those that come after are told as not tried. */
const mostMs = 3000;
/** Of an API with more operations than `large`, only some are tried: the rest of verification does not wait long. */
const large = { operations: 300, ms: 1500 };
/** Most operations told one by one. */
const most = 10;

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
  const untried = new Map<string, number>();
  let right = 0;
  for (const operation of operations) {
    signal.throwIfAborted();
    if (!server.alive())
      return [...wrong, failed('The server is gone.', 'Mend what ended it.', { tool: operation.name })];
    const late = performance.now() - began > (operations.length > large.operations ? large.ms : mostMs);
    const verdict = late ? undefined : await tryOperation(api, operation, exchange);
    const problems = (verdict?.problems ?? ['there was no time']).join('; ');
    if (verdict?.status === 'passed') right++;
    else if (verdict?.status === 'failed') wrong.push(told(operation.name, problems));
    else untried.set(problems, (untried.get(problems) ?? 0) + 1);
  }
  const rest = [...untried].map(([why, count], index) =>
    skipped(`${count} not tried: ${why}.`, { case: `skipped/${index + 1}` }),
  );
  const more = wrong.length > most ? [told('others', `${wrong.length - most} more operations`)] : [];
  if (right === 0 && wrong.length === 0) return rest;
  const message = `${right} of ${operations.length} operations make the request that was asked for.`;
  return [passed(message), ...wrong.slice(0, most), ...more, ...rest];
}

/** In an order in which the first few are from all over: documents put what is alike together. */
function spread<T>(all: readonly T[]): T[] {
  const place = (index: number): number => (index * 0.618_033_988_75) % 1;
  return all
    .map((one, index) => ({ one, at: place(index) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

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
        timeoutMs: 3000,
      });
      return { isError: outcome !== 'ok', text };
    },
  };
}
