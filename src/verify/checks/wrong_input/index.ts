import {
  defineCheck,
  type CheckCase,
  type CheckContext,
  type JsonSchema,
  type ServerTool,
} from '../../../spec/index.ts';
import { wrongInputs, type WrongInput } from '../../json-schema/mutate.ts';
import { compileSchema, type Validate } from '../../json-schema/validate.ts';
import { methodOf, patienceFor, rightCall } from '../arguments.ts';
import { faultOf, unfinished } from '../faults.ts';
import { someOf } from '../some-tools.ts';
import { failed, houseStyle, passed } from '../style.ts';

export const wrongInput = defineCheck({
  name: 'wrong_input',
  level: 'L3',
  summary: 'Missing, null, mistyped, unknown, huge and odd arguments get an error, never a crash.',
  applies: (context) => context.callable,
  async run(context) {
    const cases: CheckCase[] = [];
    const { tried, rest } = someOf(await context.tools());
    for (const tool of tried) cases.push({ ...(await tryTool(tool, context)), tool: tool.name });
    return { cases: [...cases, ...rest] };
  },
});

async function tryTool(tool: ServerTool, context: CheckContext): Promise<CheckCase> {
  const right = rightCall(tool, context.blueprint);
  const allows = validatorOf(tool, methodOf(context, tool.name) !== undefined);
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
    if (answer.outcome === 'ok' && !input.harmless && !allows(input.arguments)) accepted ??= input;
  }
  if (accepted)
    return failed(
      `It takes ${accepted.how}, which its schema forbids.`,
      'Check arguments against the schema before the tool runs.',
      { severity: houseStyle(context) },
    );
  return passed(`${inputs.length} wrong inputs were met with an answer.`);
}

/** A schema that does not compile forbids nothing here; the check of schemas tells it. */
function validatorOf({ inputSchema }: ServerTool, isOperation: boolean): Validate {
  try {
    return compileSchema(isOperation ? withAnyOf(inputSchema) : inputSchema);
  } catch {
    return () => true;
  }
}

/** Documents name alternatives that overlap; what fits several of them is for the API to judge. */
function withAnyOf(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, node: JsonSchema) => {
    if (!Array.isArray(node?.['oneOf'])) return node;
    const { oneOf, allOf, ...rest } = node;
    return { ...rest, allOf: [...(Array.isArray(allOf) ? allOf : []), { anyOf: oneOf }] };
  }) as JsonSchema;
}
