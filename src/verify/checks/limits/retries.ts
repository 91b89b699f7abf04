import type { Blueprint, CheckCase, TrialServer } from '../../../spec/index.ts';
import { failed, passed, skipped } from '../style.ts';
import { findRequesting, requestsOf } from './requesting.ts';

/** A request that fails with 503 is tried again, as often as allowed and no oftener. */
export async function limitOfRetries(server: TrialServer, blueprint: Blueprint): Promise<CheckCase[]> {
  const { retries } = blueprint.limits;
  if (retries === undefined) return [];
  const call = await findRequesting(server, blueprint);
  if (!call) return [skipped('No tool made a request, so retrying could not be tried.', { case: 'retries' })];
  const more = { case: 'retries', tool: call.tool };
  await server.mock('unavailable');
  const requests = await requestsOf(server, call, 20_000);
  await server.mock('answer');
  const most = mostToOne(requests);
  const allowed = retries + 1;
  if (most > allowed)
    return [
      failed(
        `A failing request was made ${most} times; ${allowed} are allowed.`,
        'Use context.fetch, which keeps the limit.',
        more,
      ),
    ];
  if (retries > 0 && most < 2)
    return [failed('A failing request is not tried again.', 'Use context.fetch, which tries again.', more)];
  return [passed(`A failing request was made ${most} times; ${allowed} are allowed.`, more)];
}

function mostToOne(requests: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(request, (counts.get(request) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
