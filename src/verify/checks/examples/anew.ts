import type { CheckCase, CheckContext, Example, ServerTool, TrialServer } from '../../../spec/index.ts';
import { wrongInputs } from '../../json-schema/mutate.ts';
import { validatorOf } from '../../json-schema/validate.ts';
import { examplesOf, patienceFor, rightCall } from '../arguments.ts';
import { unexpected } from '../expectation.ts';
import { failed } from '../style.ts';

/** An example that gave what it promises. */
export interface Shown {
  readonly tool: string;
  readonly example: Example;
  readonly case: string;
}

/**
 * Examples of tools that change something, on a server of its own that has refused a call before: that leaves no trace in a
 * sound one. Gives a case for each that no longer holds. What only reads is called twice in place instead.
 */
export async function anew(context: CheckContext, shown: readonly Shown[]): Promise<CheckCase[]> {
  const judged = shown.filter(({ example }) => example.expect !== undefined);
  if (judged.length === 0) return [];
  return context.trial('again', async (server) => {
    await refuse(server, context);
    const cases: CheckCase[] = [];
    for (const tool of server.tools)
      for (const example of examplesOf(context.blueprint, tool.name)) {
        context.signal.throwIfAborted();
        // Also those that are not called again: later ones may build on their files.
        await server.lay(example.files ?? {});
        if (onlyReads(tool) || !server.alive()) continue;
        const answer = await server.call(tool.name, example.arguments, { timeoutMs: patienceFor(context, 30_000) });
        const mine = judged.find((one) => one.example === example);
        const why = mine && unexpected(answer, example.expect);
        if (mine && why !== undefined) cases.push({ ...broken(why), case: mine.case, tool: tool.name });
      }
    return cases;
  });
}

export const onlyReads = (tool: ServerTool): boolean => tool.annotations?.['readOnlyHint'] === true;

const broken = (why: string): CheckCase =>
  failed(
    `On another start, after a call that was refused, it gives something else: ${why}`,
    'Let an answer depend on arguments and kept data alone, not on how many calls went before or on chance.',
  );

/** Calls a tool with arguments that its schema forbids. */
async function refuse(server: TrialServer, { blueprint }: CheckContext): Promise<void> {
  for (const tool of server.tools) {
    const allows = validatorOf(tool.inputSchema);
    const wrong = wrongInputs(tool.inputSchema, rightCall(tool, blueprint).arguments).find(
      ({ harmless, arguments: given }) => harmless !== true && !allows(given),
    );
    if (wrong === undefined) continue;
    await server.call(tool.name, wrong.arguments, { timeoutMs: 5000 });
    return;
  }
}
