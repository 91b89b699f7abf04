import {
  defineCheck,
  type CheckCase,
  type CheckContext,
  type JsonSchema,
  type ServerTool,
} from '../../../spec/index.ts';
import { wrongInputs, type WrongInput } from '../../json-schema/mutate.ts';
import { validatorOf } from '../../json-schema/validate.ts';
import { methodOf, patienceFor, rightCall } from '../arguments.ts';
import { faultOf, unfinished, simplify } from '../faults.ts';
import { someOf } from '../some-tools.ts';
import { failed, houseStyle, passed } from '../style.ts';

export const wrongInput = defineCheck({
  name: 'wrong_input',
  level: 'L3',
  summary: 'Unknown tools, and missing, null, mistyped, unknown, huge and odd arguments, get an error, never a crash.',
  applies: (context) => context.callable,
  async run(context) {
    const tools = await context.tools();
    const cases: CheckCase[] = [await tryUnknown(tools, context)];
    const { tried, rest } = someOf(tools);
    for (const tool of tried) cases.push({ ...(await tryTool(tool, context)), tool: tool.name });
    return { cases: [...cases, ...rest] };
  },
});

/** A call of a tool that there is not. */
async function tryUnknown(tools: readonly ServerTool[], context: CheckContext): Promise<CheckCase> {
  let name = 'no_such_tool';
  while (tools.some((tool) => tool.name === name)) name += '_';
  const answer = await context.trial('rough', (server) => server.call(name, {}, { timeoutMs: patienceFor(context) }));
  const more = { case: 'unknown_tool' };
  const fault = faultOf(answer, { name, inputSchema: {} }, context);
  if (fault) return failed(`A tool that it does not have: ${fault.message}`, fault.remedy, more);
  if (answer.outcome !== 'ok') return passed('A tool that it does not have is refused.', more);
  return failed('It answers a call of a tool that it does not have.', 'Answer unknown names with error -32602.', {
    ...more,
    severity: houseStyle(context),
  });
}

async function tryTool(tool: ServerTool, context: CheckContext): Promise<CheckCase> {
  const right = rightCall(tool, context.blueprint);
  const isOperation = methodOf(context, tool.name) !== undefined;
  const allows = validatorOf(isOperation ? withAnyOf(tool.inputSchema) : tool.inputSchema);
  const inputs = wrongInputs(tool.inputSchema, right.arguments);
  let accepted: WrongInput | undefined;
  for (const input of inputs) {
    context.signal.throwIfAborted();
    const answer = await context.trial('rough', (server) =>
      server.call(tool.name, input.arguments, { timeoutMs: patienceFor(context) }),
    );
    const fault = faultOf(answer, tool, context) ?? unfinished(answer);
    const slow = answer.outcome === 'timeout' && !context.generated;
    if (fault)
      return failed(`With ${input.how}: ${fault.message}`, fault.remedy, { severity: slow ? 'warning' : 'error' });
    if (answer.outcome !== 'ok' || input.harmless) continue;
    const allowed = allows(input.arguments);
    if (allowed === 'late')
      return failed('Whether arguments fit the input schema cannot be told within a second.', simplify);
    if (!allowed) accepted ??= input;
  }
  if (accepted)
    return failed(
      `It takes ${accepted.how}, which its schema forbids.`,
      'Check arguments against the schema before the tool runs.',
      { severity: houseStyle(context) },
    );
  return passed(`${inputs.length} wrong inputs were met with an answer.`);
}

/** Documents name alternatives that overlap; what fits several of them is for the API to judge. */
function withAnyOf(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, node: JsonSchema) => {
    if (!Array.isArray(node?.['oneOf'])) return node;
    const { oneOf, allOf, ...rest } = node;
    return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), { anyOf: oneOf }] };
  }) as JsonSchema;
}
