import { defineCheck, type CheckCase, type ServerTool } from '../../../spec/index.ts';
import { failed, houseStyle, passed } from '../style.ts';

const hints = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** Verbs at the start or end of a name that contradict a claim to only read. */
const writing =
  /^(?:delete|remove|drop|create|insert|update|write|send|post|put|patch|set|save|upload|publish|purge|truncate|rename|move)_|_(?:writer|sender|exporter|deleter)$/;

export const annotations = defineCheck({
  name: 'annotations',
  level: 'L2',
  summary:
    'Annotations are present and do not contradict themselves or the name; `read_only` and `examples` prove them.',
  applies: () => true,
  async run(context) {
    const severity = houseStyle(context);
    return { cases: (await context.tools()).map((tool) => ({ ...look(tool), tool: tool.name, severity })) };
  },
});

function look(tool: ServerTool): CheckCase {
  const given = tool.annotations ?? {};
  const missing = hints.filter((hint) => typeof given[hint] !== 'boolean');
  if (missing.length > 0)
    return failed(
      `Not said: ${missing.join(', ')}.`,
      'Say for each tool whether it only reads, destroys, may be repeated, and reaches the outside.',
    );
  if (given['readOnlyHint'] === true && given['destructiveHint'] === true)
    return failed(
      'It claims to only read and to destroy.',
      'Set destructiveHint to false, or readOnlyHint to false when it writes.',
    );
  if (given['readOnlyHint'] === true && writing.test(tool.name))
    return failed(
      'It claims to only read, and its name says that it writes.',
      'Set readOnlyHint to false, or choose a name that says what it reads.',
    );
  return passed('All four annotations are given.');
}
