import type { Blueprint, CheckCase, TrialServer } from '../../../spec/index.ts';
import { failed, passed, skipped } from '../style.ts';
import { findRequesting } from './requesting.ts';

/** More than this many requests would make verification long. */
const most = 5000;
const together = 25;

/** As many calls as may be made in a window, and some more: no more requests than allowed go out. */
export async function limitOfCalls(server: TrialServer, blueprint: Blueprint): Promise<CheckCase[]> {
  const { calls } = blueprint.limits;
  if (!calls) return [];
  if (calls.count > most)
    return [skipped(`A rate of ${calls.count} was not tried; it would take too long.`, { case: 'calls' })];
  const call = await findRequesting(server, blueprint);
  if (!call) return [skipped('No tool made a request, so the rate could not be tried.', { case: 'calls' })];
  const more = { case: 'calls', tool: call.tool };
  const began = performance.now();
  const limit = calls.count + 3;
  for (let made = (await server.requests()).length; made < limit;) {
    // Calls over the rate may wait for the next window; they are not waited for.
    await Promise.all(
      Array.from({ length: Math.min(together, limit - made) }, () =>
        server.call(call.tool, call.arguments, { timeoutMs: 1500 }),
      ),
    );
    const now = (await server.requests()).length;
    if (now === made || performance.now() - began > 20_000) break;
    made = now;
  }
  const windows = Math.floor((performance.now() - began) / (calls.seconds * 1000)) + 1;
  const requests = (await server.requests()).length;
  const allowed = calls.count * windows;
  if (requests > allowed)
    return [
      failed(
        `${requests} requests went out; ${allowed} are allowed.`,
        'Use context.fetch, which keeps the rate.',
        more,
      ),
    ];
  if (requests < calls.count)
    return [skipped(`Only ${requests} requests could be made in the time there is; the rate was not reached.`, more)];
  return [passed(`No more than ${calls.count} requests in ${calls.seconds} s go out.`, more)];
}
