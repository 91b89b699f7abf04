import { defineCheck, type CheckCase, type ServerTool } from '../../../spec/index.ts';
import { methodOf } from '../arguments.ts';
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
    return {
      cases: (await context.tools()).map((tool) => ({
        ...look(tool, methodOf(context, tool.name)),
        tool: tool.name,
        severity,
      })),
    };
  },
});

/** Methods that only read (RFC 9110, 9.2.1; QUERY of draft-ietf-httpbis-safe-method-w-body). A POST may be a search. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

function look(tool: ServerTool, method: string | undefined): CheckCase {
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
  if (given['readOnlyHint'] === true && method !== undefined && !safeMethods.has(method) && method !== 'POST')
    return failed(`It claims to only read, and is called by ${method}.`, 'Set readOnlyHint to false.');
  // The name of an operation is its API's; what it does is told by its method.
  const named = method === undefined ? tool.name : safeMethods.has(method) ? '' : tool.name.replace(/^post_/, '');
  if (given['readOnlyHint'] === true && writing.test(named))
    return failed(
      'It claims to only read, and its name says that it writes.',
      'Set readOnlyHint to false, or choose a name that says what it reads.',
    );
  return passed('All four annotations are given.');
}
