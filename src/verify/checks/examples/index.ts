import {
  defineCheck,
  type CheckCase,
  type CheckContext,
  type Example,
  type ServerTool,
  type TrialServer,
} from '../../../spec/index.ts';
import { changedFiles } from '../../harness/scratch.ts';
import { examplesOf, patienceFor } from '../arguments.ts';
import { unexpected } from '../expectation.ts';
import { faultOf } from '../faults.ts';
import { failed, passed, skipped } from '../style.ts';
import { anew, onlyReads, type Shown } from './anew.ts';

export const examples = defineCheck({
  name: 'examples',
  level: 'L3',
  summary: 'Each example gives what it promises; a tool that claims to only read or to stay inside does so.',
  applies: (context) =>
    context.callable && (context.blueprint?.tools.some((tool) => tool.examples.length > 0) ?? false),
  async run(context) {
    const { cases, shown } = await showAll(context);
    if (shown.length === 0) return { cases };
    const changed = await anew(context, shown);
    const now = (one: CheckCase): CheckCase =>
      changed.find((two) => two.case === one.case && two.tool === one.tool) ?? one;
    return { cases: cases.map(now) };
  },
});

/** Every example once; `shown` are those of tools that change something and gave what they promise. */
function showAll(context: CheckContext): Promise<{ cases: CheckCase[]; shown: Shown[] }> {
  return context.trial('example', async (server) => {
    const cases: CheckCase[] = [];
    const shown: Shown[] = [];
    for (const tool of server.tools) {
      for (const [index, example] of examplesOf(context.blueprint, tool.name).entries()) {
        context.signal.throwIfAborted();
        if (!server.alive()) return { cases: [...cases, gone(tool)], shown: [] };
        const result = await show(server, tool, example, context);
        const named = { case: String(index + 1), tool: tool.name };
        cases.push({ ...result, ...named });
        if (result.status === 'passed' && !onlyReads(tool)) shown.push({ ...named, example });
        // Each further example of a tool that never answers would wait as long again.
        if (result.message.startsWith('No answer within')) break;
      }
    }
    return { cases, shown };
  });
}

const gone = ({ name: tool }: ServerTool): CheckCase =>
  failed('The server is gone; the other examples were not called.', 'Mend what ended it.', { tool });

async function show(
  server: TrialServer,
  tool: ServerTool,
  example: Example,
  context: CheckContext,
): Promise<CheckCase> {
  await server.lay(example.files ?? {});
  const [before, requested] = [await server.snapshot(), (await server.requests()).length];
  const answer = await server.call(tool.name, example.arguments, { timeoutMs: patienceFor(context, 30_000) });
  const hosts = (await server.requests()).slice(requested);
  const fault = faultOf(answer, tool, context);
  if (fault) return failed(fault.message, fault.remedy);
  const changed = changedFiles(before, await server.snapshot());
  if (onlyReads(tool) && changed.length > 0)
    return failed(
      `It claims to only read and changed ${changed.slice(0, 3).join(', ')}.`,
      'Set readOnlyHint to false.',
    );
  if (tool.annotations?.['openWorldHint'] === false && hosts.length > 0)
    return failed(`It claims to stay inside and asked ${hosts[0]}.`, 'Set openWorldHint to true.');
  const why =
    unexpected(answer, example.expect) ?? (hosts.length > 0 ? undefined : await again(server, tool, example, context));
  if (why === undefined) return passed('The example gives what it promises.');
  if (hosts.length > 0)
    return skipped(`Not judged: the answer depends on ${hosts[0]}, which verification does not reach.`);
  return failed(`${why}.`.replace(/\.\.$/, '.'), 'Mend the tool, or the example where it is wrong.');
}

/** Why a call that changes nothing does not give what it promises the second time, or undefined when it does. */
async function again(
  server: TrialServer,
  tool: ServerTool,
  example: Example,
  context: CheckContext,
): Promise<string | undefined> {
  if (!onlyReads(tool) || example.expect === undefined) return undefined;
  await server.lay(example.files ?? {});
  const answer = await server.call(tool.name, example.arguments, { timeoutMs: patienceFor(context, 30_000) });
  const why = unexpected(answer, example.expect);
  return why === undefined ? undefined : `The same call gives something else the second time: ${why}`;
}
