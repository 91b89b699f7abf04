import { apiExamplesOf, apiFileOf, operationsOf, settingsFor } from '../../../languages/index.ts';
import { defineCheck, type CheckCase, type CheckContext, type TrialServer } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { failed, passed, skipped } from '../style.ts';
import { exchangeOf } from './exchange.ts';
import { tryAll, type Verdicts } from './try-all.ts';

/** Most operations told one by one. */
const most = 10;

export const apiRequests = defineCheck({
  name: 'api_requests',
  level: 'L3',
  summary: 'Each operation of the API makes one request that says what it was given, with credentials in their place.',
  applies: (context) => context.callable && context.blueprint?.api !== undefined,
  run: (context) => context.trial('api', async (server) => ({ cases: await lookAt(server, context) })),
});

async function lookAt(server: TrialServer, { blueprint, signal }: CheckContext): Promise<CheckCase[]> {
  const api = blueprint && apiFileOf(blueprint);
  if (blueprint === undefined || api === undefined) return [];
  if (!(await server.answer({ status: 204, body: '' })))
    return [skipped('Requests cannot be seen, so they were not judged.')];
  const exchange = exchangeOf(server, settingsFor(api, '').credentials);
  const tried = { ...api, examples: apiExamplesOf(blueprint) };
  const verdicts = await tryAll({ api: tried, server, exchange, signal });
  return casesOf(verdicts, operationsOf(api).length, blueprint.api?.strict === true);
}

/**
 * Wrong operations cost themselves alone: they are served, and the report names each. Where most that were judged are
 * wrong, or nothing may be, they are errors.
 */
function casesOf({ right, wrong, untried, gone }: Verdicts, all: number, strict: boolean): CheckCase[] {
  const rest = [...untried].map(([why, names], index) =>
    skipped(`${names.length} not tried: ${why}${names.length > 0 ? ` (${cut(names.join(', '), 300)})` : ''}.`, {
      case: `skipped/${index + 1}`,
    }),
  );
  const severity = strict || wrong.length > right.length ? 'error' : 'warning';
  const told = wrong.map(({ operation, problems }) => tell(operation, problems));
  const more = told.length > most ? [tell('others', `${told.length - most} more operations`)] : [];
  const shown = [...told.slice(0, most), ...more].map((one) => ({ ...one, severity }) as const);
  const ended = gone === undefined ? [] : [failed('The server is gone.', 'Mend what ended it.', { tool: gone })];
  const message = `${right.length} of ${all} operations make the request that was asked for.`;
  return [...(right.length > 0 ? [passed(message)] : []), ...shown, ...ended, ...rest];
}

const tell = (operation: string, problems: string): CheckCase =>
  failed(`${operation}: ${cut(problems, 400)}.`, 'Leave the operation out, or mend how the document describes it.', {
    case: operation,
  });
