import { defineCheck, type CheckCase } from '../../../spec/index.ts';
import { failed, houseStyle, passed } from '../style.ts';

const snakeCase = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** Characters and length that the protocol allows (2025-11-25, Tools: names); clients refuse more than 64. */
const allowed = /^[A-Za-z0-9_.-]{1,128}$/;

export const names = defineCheck({
  name: 'names',
  level: 'L2',
  summary: 'Tool names are snake_case, at most 64 characters and do not clash.',
  applies: () => true,
  async run(context) {
    const tools = await context.tools();
    const seen = new Map<string, number>();
    for (const { name } of tools) seen.set(name.toLowerCase(), (seen.get(name.toLowerCase()) ?? 0) + 1);
    const style = houseStyle(context);
    const cases = tools.map(({ name }): CheckCase => {
      if ((seen.get(name.toLowerCase()) ?? 0) > 1)
        return failed(
          `The name ${name} is used twice.`,
          'Give each tool a name of its own; upper and lower case do not tell them apart.',
          { tool: name },
        );
      if (name.length > 64)
        return failed(`The name is ${name.length} characters long; clients refuse more than 64.`, 'Shorten it.', {
          tool: name,
        });
      if (!allowed.test(name))
        return failed(
          'The name holds characters that the protocol does not allow.',
          'Use letters, digits and underscores.',
          { tool: name },
        );
      if (!snakeCase.test(name))
        return failed('The name is not snake_case.', 'Write it as verb_noun in lower case.', {
          tool: name,
          severity: style,
        });
      return passed('The name is well formed.', { tool: name });
    });
    return {
      cases: tools.length === 0 ? [failed('The server lists no tools.', 'Add a tool.', { severity: style })] : cases,
    };
  },
});
