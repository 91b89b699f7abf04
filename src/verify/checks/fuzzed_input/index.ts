import { defineCheck, type CheckCase, type CheckContext, type Json, type ServerTool } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { sample } from '../../json-schema/sample.ts';
import { randomFrom } from '../../random.ts';
import { isObject, patienceFor, rightCall } from '../arguments.ts';
import { faultOf, unfinished } from '../faults.ts';
import { someOf } from '../some-tools.ts';
import { failed, passed } from '../style.ts';

/** Inputs made for each tool. The seed is the tool's name: the same server is always asked the same. */
const rounds = 16;

export const fuzzedInput = defineCheck({
  name: 'fuzzed_input',
  level: 'L3',
  summary:
    'Inputs made from the schema get an answer: no crash, silence or leak, and results that keep to their schema.',
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
  const random = randomFrom(tool.name);
  for (let round = 0; round < rounds; round++) {
    context.signal.throwIfAborted();
    const made = sample(tool.inputSchema, random);
    // Every other round changes only some parameters of a call that works, to get past the first check.
    const args: { [key: string]: Json } = isObject(made)
      ? round % 2 === 0
        ? made
        : { ...right.arguments, ...fewOf(made, round) }
      : {};
    const answer = await context.trial('rough', async (server) => {
      if (round === 1) await server.lay(right.files);
      return server.call(tool.name, args, { timeoutMs: patienceFor(context) });
    });
    const fault = faultOf(answer, tool, context) ?? unfinished(answer);
    const severity = answer.outcome === 'timeout' && !context.generated ? 'warning' : 'error';
    if (fault) return failed(`With ${cut(JSON.stringify(args), 160)}: ${fault.message}`, fault.remedy, { severity });
  }
  return passed(`${rounds} inputs made from the schema were met with an answer.`);
}

function fewOf(made: { [key: string]: Json }, round: number): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(made).filter((_, index) => (index + round) % 3 === 0));
}
