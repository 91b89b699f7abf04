import { basePath, type Exchange } from '../../../languages/index.ts';
import type { TrialServer } from '../../../spec/index.ts';

/** A server under trial, as what tries operations sees it. */
export function exchangeOf(server: TrialServer, credentials: Exchange['credentials']): Exchange {
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
