import { defineCheck } from '../../../spec/index.ts';
import { failed, passed } from '../style.ts';

/** Tokens a listing may cost before it is worth a word: 4 % of a 200,000 token window. */
const budget = 8000;
/** A list over 10 MB closes a stdio client. */
const refused = 10_000_000;

export const listingSize = defineCheck({
  name: 'listing_size',
  level: 'L2',
  summary: 'The list of tools costs few tokens: characters / 4, warned above 8,000.',
  applies: () => true,
  async run(context) {
    const tools = await context.tools();
    const remedy = context.blueprint?.api
      ? 'Make it with --shape search, or choose operations by --tag or --path.'
      : 'Shorten descriptions and schemas, or split the server.';
    const characters = JSON.stringify(tools).length;
    const tokens = Math.ceil(characters / 4);
    const figures = { listingTokens: tokens };
    if (characters > refused)
      return {
        figures,
        cases: [failed(`The list of tools has ${characters} characters; clients close above 10 MB.`, remedy)],
      };
    if (tokens > budget) {
      const message = `The list of tools costs about ${tokens} tokens in every conversation.`;
      return {
        figures,
        cases: [failed(message, remedy, { severity: 'warning' })],
      };
    }
    return { figures, cases: [passed(`The list of tools costs about ${tokens} tokens.`)] };
  },
});
