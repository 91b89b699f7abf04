import { toCrafterError } from '../../../errors.ts';
import { defineCheck } from '../../../spec/index.ts';
import { failed, passed } from '../style.ts';

export const starts = defineCheck({
  name: 'starts',
  level: 'L1',
  summary: 'It starts and lists its tools.',
  applies: () => true,
  async run(context) {
    try {
      const tools = await (context.callable
        ? context.trial('example', async (server) => server.tools)
        : context.tools());
      return { cases: [passed(`It starts and lists ${tools.length} tool${tools.length === 1 ? '' : 's'}.`)] };
    } catch (error) {
      context.signal.throwIfAborted();
      const { message, hint } = toCrafterError(error);
      const refused = !context.callable && /authoriz|\b401\b/i.test(message);
      return {
        cases: [failed(message.slice(0, 1000), refused ? 'Give the bearer token it wants: --token TOKEN' : hint)],
      };
    }
  },
});
